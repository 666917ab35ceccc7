import { describe, expect, it } from 'vitest';
import type { TopicRecord } from '../services/topic-record.ts';
import { compareRecords } from './compare-records.ts';

function record(value: string | null, key = '{"id":1}'): TopicRecord {
  const body = value === null ? null : Buffer.from(value);
  return { timestamp: 0, key: Buffer.from(key), value: body };
}

describe('compareRecords', () => {
  it('finds nothing where only the engines themselves differ', () => {
    const ours = record('{"after":{"id":1},"source":{"name":"a","version":"1"},"ts_ms":5}');
    const theirs = record('{"ts_ms":9,"source":{"version":"2","name":"b"},"after":{"id":1}}');
    expect(compareRecords([ours], [theirs])).toEqual([]);
  });

  it('names the member, also where a double could not tell the digits apart', () => {
    const ours = record('{"after":{"id":9007199254740993}}');
    const theirs = record('{"after":{"id":9007199254740992}}');
    expect(compareRecords([ours], [theirs])).toEqual([
      { index: 0, path: 'value.after.id', left: '9007199254740993', right: '9007199254740992' },
    ]);
  });

  it('tells a text from a number and null from absent', () => {
    const differences = compareRecords(
      [record('{"after":{"a":"1","b":null}}')],
      [record('{"after":{"a":1}}')],
    );
    expect(differences.map(({ path, left, right }) => [path, left, right])).toEqual([
      ['value.after.a', '"1"', '1'],
      ['value.after.b', 'null', 'absent'],
    ]);
  });

  it('holds a tombstone equal to a tombstone and to nothing else', () => {
    expect(compareRecords([record(null)], [record(null)])).toEqual([]);
    expect(compareRecords([record(null)], [record('{"op":"d"}')]).map(({ path }) => path)).toEqual([
      'value',
      'value.op',
    ]);
  });

  it('reports a record that only one side has', () => {
    expect(compareRecords([record(null)], []).map(({ path }) => path)).toEqual(['key.id', 'value']);
  });
});
