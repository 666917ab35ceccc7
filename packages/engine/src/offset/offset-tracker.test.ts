import { TextGtid } from '@sealane/binlog/gtid/gtid';
import { describe, expect, it } from 'vitest';
import type { BeginChange, CommitChange, RowsChange } from '../change/change.ts';
import { OffsetTracker } from './offset-tracker.ts';

const server = { flavor: 'mariadb', identity: '1' } as const;
const start = {
  position: { file: 'bin.1', position: 100, gtidSet: '0-1-9' },
  eventsDone: 0,
  rowsDone: 0,
  server: '1',
};

function begin(position: number): BeginChange {
  return {
    tag: 'begin',
    gtid: null,
    file: 'bin.1',
    position,
    beginPosition: 0,
    isResumed: false,
    isStatement: false,
    threadId: null,
    committedAtMs: 0,
    committedAtUs: null,
  };
}

function rows(transaction: BeginChange, event: number): RowsChange {
  const schema = { database: 'd', table: 't', columns: [], primaryKey: [] };
  return {
    tag: 'rows',
    transaction,
    table: { database: 'd', table: 't', id: 'd.t', schema, tableMap: null, included: () => true },
    rows: {
      kind: 'insert',
      tableId: 1,
      bytes: Buffer.alloc(0),
      start: 0,
      end: 0,
      columnCount: 0,
      present: null,
      presentAfter: null,
      endOfStatement: true,
    },
    position: 0,
    serverId: 1,
    timestampMs: 5000,
    timestampUs: 5_000_000,
    event,
    skipRows: 0,
    query: null,
  };
}

function commit(position: number, gtid: string): CommitChange {
  return {
    tag: 'commit',
    gtid: new TextGtid(gtid),
    file: 'bin.1',
    position,
    committedAtMs: 5000,
    committedAtUs: null,
  };
}

describe('offset tracker', () => {
  it('does not move past a transaction with an unacknowledged record', () => {
    const tracker = new OffsetTracker(server, start);
    tracker.passed(begin(100), 0);
    tracker.passed(rows(begin(100), 3), 2);
    tracker.passed(commit(200, '0-1-10'), 2);
    tracker.mark();
    expect(tracker.acknowledged(1)).toBeNull();
    expect(tracker.acknowledged(2)?.resume).toEqual({
      position: { file: 'bin.1', position: 200, gtidSet: '0-1-10' },
      eventsDone: 0,
      rowsDone: 0,
      server: '1',
    });
  });

  it('stays at the start of a transaction that is not over, and counts its delivered events', () => {
    const tracker = new OffsetTracker(server, start);
    tracker.passed(begin(100), 0);
    tracker.passed(rows(begin(100), 3), 500);
    tracker.mark();
    expect(tracker.acknowledged(500)?.resume).toEqual({ ...start, eventsDone: 3 });
  });

  it('keeps the events of a resumed transaction until more of it is delivered', () => {
    const resumed = { ...start, eventsDone: 40, rowsDone: 0 };
    const tracker = new OffsetTracker(server, resumed);
    tracker.passed(begin(100), 0);
    expect(tracker.resume).toEqual(resumed);
  });

  it('moves with transactions that have no captured row', () => {
    const tracker = new OffsetTracker(server, start);
    tracker.passed(begin(100), 0);
    tracker.passed(commit(150, '0-1-10'), 0);
    tracker.mark();
    expect(tracker.acknowledged(0)?.resume.position.position).toBe(150);
  });

  it('forgets the events of a transaction that another server tells from its start', () => {
    const tracker = new OffsetTracker(server, { ...start, eventsDone: 40, server: '2' });
    tracker.passed(begin(100), 0);
    expect(tracker.resume).toEqual(start);
  });

  it('tells no GTIDs until it knows all of them', () => {
    const unknown = { ...start, position: { ...start.position, gtidSet: null } };
    const tracker = new OffsetTracker(server, unknown);
    tracker.passed(commit(150, '0-1-10'), 0);
    expect(tracker.resume.position.gtidSet).toBeNull();
    tracker.passed({ tag: 'gtids', gtidSet: '0-1-10,1-1-5' }, 0);
    tracker.passed(commit(200, '0-1-11'), 0);
    expect(tracker.resume.position.gtidSet).toBe('0-1-11,1-1-5');
  });

  it('gives the newest of several acknowledged marks, once', () => {
    const tracker = new OffsetTracker(server, start);
    for (const step of [1, 2, 3]) {
      tracker.passed(commit(100 + step, `0-1-${9 + step}`), step);
      tracker.mark();
    }
    expect(tracker.acknowledged(2)?.resume.position.position).toBe(102);
    expect(tracker.acknowledged(2)).toBeNull();
    expect(tracker.acknowledged(3)?.resume.position.position).toBe(103);
  });

  it('says that a snapshot runs until its last row is acknowledged', () => {
    const tracker = new OffsetTracker(server, { ...start, position: { ...start.position, gtidSet: null } });
    const position = { file: 'bin.2', position: 4, gtidSet: null };
    tracker.passed({ tag: 'snapshot-begin', position }, 0);
    tracker.mark();
    tracker.passed({ tag: 'snapshot-end', position }, 10);
    tracker.mark();
    expect(tracker.acknowledged(9)).toMatchObject({ snapshotRunning: true });
    expect(tracker.acknowledged(10)).toMatchObject({ snapshotRunning: false, resume: { position } });
  });
});
