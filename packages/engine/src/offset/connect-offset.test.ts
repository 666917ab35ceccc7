import { describe, expect, it } from 'vitest';
import { decodeOffset, encodeOffset } from './connect-offset.ts';

const resume = {
  position: { file: 'bin.000003', position: 990, gtidSet: '0-1-37' },
  eventsDone: 0,
  rowsDone: 0,
  server: null,
};

describe('offset in the format of Kafka Connect', () => {
  it('is what Debezium stores between two transactions', () => {
    const offset = { resume, snapshotRunning: false, timestampMs: 1_700_000_000_123, serverId: 1 };
    expect(encodeOffset(offset).toString()).toBe(
      '{"ts_sec":1700000000,"file":"bin.000003","pos":990,"gtids":"0-1-37","server_id":1}',
    );
  });

  it('keeps event and row inside a transaction, and the running snapshot, through a round trip', () => {
    const partial = { ...resume, eventsDone: 7, rowsDone: 2, server: '1' };
    const offset = { resume: partial, snapshotRunning: true };
    expect(decodeOffset(encodeOffset({ ...offset, timestampMs: null, serverId: 1 }))).toEqual(offset);
  });

  it("reads Debezium's own offset of an unfinished snapshot", () => {
    const stored = decodeOffset(Buffer.from('{"file":"b","pos":4,"snapshot":"INITIAL","row":0,"event":0}'));
    expect(stored.snapshotRunning).toBe(true);
  });

  it.each(['', 'null', '[]', '{"file":1}', '{"pos":4}'])('refuses %s', (text) => {
    expect(() => decodeOffset(Buffer.from(text))).toThrow(
      expect.objectContaining({ code: 'OFFSET_UNREADABLE' }),
    );
  });
});
