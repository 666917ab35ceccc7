import type { OutgoingRecord, RecordProducer } from '@sealane/kafka/producer/record-producer';
import { describe, expect, it } from 'vitest';
import type { RecordCursor } from '../change/record-cursor.ts';
import { intTable } from '../testing/int-rows.ts';
import { RecordSink } from './record-sink.ts';

const table = (database: string, name: string) => ({
  ...intTable(['id']),
  database,
  table: name,
  id: `${database}.${name}`,
});

function sinkTo(sent: OutgoingRecord[], shared: unknown[] = []): RecordSink {
  const producer: Pick<RecordProducer, 'produce'> = {
    produce: (record) => sent.push({ ...record }),
  };
  return new RecordSink({
    producer: producer as RecordProducer,
    topicOf: (named) => `shop.${named.database}.${named.table.replace(/[^a-z]/g, '_')}`,
    creation: { partitions: 3 },
    ensureTopic: () => Promise.resolve({ partitions: 3, created: true }),
    onShared: (topic, tables) => shared.push([topic, ...tables]),
    signal: new AbortController().signal,
  });
}

const cursor = (key: Buffer | null, value: Buffer | null): RecordCursor => ({
  target: table('a', 'b'),
  operation: value === null ? 'tombstone' : 'create',
  key,
  value,
  headers: undefined,
  timestampMs: 7,
  next: () => false,
});

describe('the way of records to their topics', () => {
  it('is the same for every schema of a table', () => {
    const sink = sinkTo([]);
    expect(sink.route(table('a', 'orders'))).toBe(sink.route(table('a', 'orders')));
    expect(sink.route(table('a', 'orders'))).not.toBe(sink.route(table('b', 'orders')));
  });

  it('tells once of two tables that come to one topic', () => {
    const shared: unknown[] = [];
    const sink = sinkTo([], shared);
    for (const name of ['t_t', 'tüt', 't_t', 'tüt', 'other']) sink.route(table('a', name));
    expect(shared).toEqual([['shop.a.t_t', 'a.t_t', 'a.tüt']]);
  });

  it('keeps the rows of one change of a keyless table together, and spreads its changes', async () => {
    const sent: OutgoingRecord[] = [];
    const sink = sinkTo(sent);
    const target = table('a', 'keyless');
    for (let change = 0; change < 3; change += 1) {
      const route = sink.route(target);
      if (route.partitions === 0) await sink.prepare(route);
      for (let row = 0; row < 2; row += 1) sink.send(cursor(null, Buffer.from('{}')), route);
    }
    const partitions = sent.map(({ partition }) => partition);
    expect(new Set(partitions)).toEqual(new Set([0, 1, 2]));
    for (const first of [0, 2, 4]) expect(partitions[first]).toBe(partitions[first + 1]);
  });

  it('counts rows and bytes, tombstones not as rows', async () => {
    const sink = sinkTo([]);
    const route = sink.route(table('a', 'orders'));
    await sink.prepare(route);
    sink.send(cursor(Buffer.from('{"id":1}'), Buffer.from('{}')), route);
    sink.send(cursor(Buffer.from('{"id":1}'), null), route);
    expect(sink.totals).toEqual({ rows: 1, bytes: 18 });
    expect(sink.meters[0]).toMatchObject({ create: 1, tombstone: 1, bytes: 18, lastEventAtMs: 7 });
  });
});
