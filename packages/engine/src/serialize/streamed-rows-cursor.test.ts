import { DEFAULT_HANDLING_MODES } from '@sealane/binlog/columns/handling-modes';
import { loadNativeRows } from '@sealane/binlog/row/native-rows';
import { describe, expect, it } from 'vitest';
import type { CapturedTable } from '../change/captured-table.ts';
import type { RowsChange } from '../change/change.ts';
import { compileMessageKeys } from '../change/message-key.ts';
import { rowsChange as change, image, intTable } from '../testing/int-rows.ts';
import { EnvelopeClock } from './envelope-clock.ts';
import { StreamedRowsCursor } from './streamed-rows-cursor.ts';
import { TableWriters } from './table-writers.ts';

interface Seen {
  key: string | null;
  value: string | null;
  operation: string;
  headers: readonly (readonly [string, string])[] | undefined;
}

function recordsOf(
  rows: RowsChange,
  options: { tombstones?: boolean; skipsUnchanged?: boolean; keys?: string[] } = {},
): Seen[] {
  const cursor = new StreamedRowsCursor({
    identity: { version: '3.5.0.Sealane', connector: 'mariadb', name: 'erp' },
    writers: new TableWriters({
      native: loadNativeRows(),
      modes: DEFAULT_HANDLING_MODES,
      key: compileMessageKeys(options.keys ?? []),
      rules: () => undefined,
      converters: (schema) => schema,
      placeholder: Buffer.from('?'),
      leads: { of: () => ({ key: null, value: null }) },
      form: { nulls: () => undefined, keyNulls: () => undefined, fieldName: (name) => name },
    }),
    tombstones: options.tombstones ?? true,
    skipsUnchanged: options.skipsUnchanged ?? false,
    headers: undefined,
    transactions: null,
    clock: new EnvelopeClock(),
  });
  cursor.open(rows);
  const seen: Seen[] = [];
  while (cursor.next()) {
    const { key, value, operation, headers } = cursor;
    seen.push({ key: key?.toString() ?? null, value: value?.toString() ?? null, operation, headers });
  }
  return seen;
}

/** The envelope without its last three fields, which are the clock's. */
function withoutClock(value: string | null | undefined): string {
  return (value ?? '').replace(/,"ts_ms":\d+,"ts_us":\d+,"ts_ns":\d+\}$/, '}');
}

describe('records of streamed rows', () => {
  it('are Debezium 3.5 envelopes, byte for byte', () => {
    const [record] = recordsOf(change('insert', [image(7, -1)]));
    expect(record?.key).toBe('{"id":7}');
    expect(withoutClock(record?.value)).toBe(
      '{"before":null,"after":{"id":7,"n":-1},"source":{"version":"3.5.0.Sealane","connector":"mariadb","name":"erp",' +
        '"ts_ms":1782327979000,"snapshot":"false","db":"shop","sequence":null,"ts_us":1782327979000000,' +
        '"ts_ns":1782327979000000000,"table":"stock","server_id":1,"gtid":"0-1-37","file":"bin.000002","pos":16043,' +
        '"row":0,"thread":815,"query":null},"transaction":null,"op":"c"}',
    );
  });

  it('end with the time of serialisation in milliseconds, microseconds and nanoseconds', () => {
    const [record] = recordsOf(change('insert', [image(7, -1)]));
    const match = /,"ts_ms":(\d+),"ts_us":(\d+),"ts_ns":(\d+)\}$/.exec(record?.value ?? '');
    const [ms, us, ns] = [match?.[1] ?? '', match?.[2] ?? '', match?.[3] ?? ''];
    expect(Math.abs(Number(ms) - Date.now())).toBeLessThan(5000);
    expect(us.startsWith(ms) && ns.startsWith(us)).toBe(true);
    expect([us.length - ms.length, ns.length - us.length]).toEqual([3, 3]);
  });

  it('number the rows of an event and skip those delivered before a restart', () => {
    const rows = change('insert', [image(1, 0), image(2, 0), image(3, 0)], { skipRows: 2 });
    const records = recordsOf(rows);
    expect(records.map((record) => record.key)).toEqual(['{"id":3}']);
    expect(records[0]?.value).toContain('"row":2,');
  });

  it('carry both images of an update', () => {
    const [record] = recordsOf(change('update', [image(1, 5), image(1, 6)]));
    expect(record?.operation).toBe('update');
    expect(record?.value).toMatch(
      /^\{"before":\{"id":1,"n":5\},"after":\{"id":1,"n":6\},"source":.*"op":"u"/,
    );
  });

  it('skip both images of an update delivered before a restart', () => {
    const images = [image(1, 5), image(1, 6), image(2, 5), image(2, 6)];
    expect(recordsOf(change('update', images, { skipRows: 1 })).map((record) => record.key)).toEqual([
      '{"id":2}',
    ]);
  });

  it('follow a delete with a tombstone, also where there is no key, unless that is switched off', () => {
    const deleted = change('delete', [image(1, 5)]);
    expect(recordsOf(deleted).map(({ key, operation }) => [key, operation])).toEqual([
      ['{"id":1}', 'delete'],
      ['{"id":1}', 'tombstone'],
    ]);
    expect(recordsOf(deleted)[0]?.value).toMatch(
      /^\{"before":\{"id":1,"n":5\},"after":null,"source":.*"op":"d"/,
    );
    expect(recordsOf(deleted, { tombstones: false })).toHaveLength(1);
    const keyless = recordsOf({ ...deleted, table: intTable([]) });
    expect(keyless.map(({ key, operation }) => [key, operation])).toEqual([
      [null, 'delete'],
      [null, 'tombstone'],
    ]);
  });

  it('turn a changed key into delete, tombstone and create, each naming the other key', () => {
    const records = recordsOf(change('update', [image(1, 5), image(2, 5), image(3, 0), image(3, 1)]));
    expect(records.map(({ key, operation, headers }) => ({ key, operation, headers }))).toEqual([
      { key: '{"id":1}', operation: 'delete', headers: [['__debezium.newkey', '{"id":2}']] },
      { key: '{"id":1}', operation: 'tombstone', headers: [['__debezium.newkey', '{"id":2}']] },
      { key: '{"id":2}', operation: 'create', headers: [['__debezium.oldkey', '{"id":1}']] },
      { key: '{"id":3}', operation: 'update', headers: undefined },
    ]);
    expect(records[0]?.value).toMatch(/^\{"before":\{"id":1,"n":5\},"after":null.*"row":0,.*"op":"d"/);
    expect(records[2]?.value).toMatch(/^\{"before":null,"after":\{"id":2,"n":5\}.*"row":0,.*"op":"c"/);
    expect(records[3]?.value).toContain('"row":1,');
  });

  it('have the key of message.key.columns, whose change moves the row', () => {
    const table = intTable([]);
    const keys = ['shop\\.stock:n'];
    const [created] = recordsOf(change('insert', [image(7, 1)], { table }), { keys });
    expect(created?.key).toBe('{"n":1}');
    const moved = recordsOf(change('update', [image(7, 1), image(7, 2)], { table }), { keys });
    expect(moved.map(({ key, operation }) => [key, operation])).toEqual([
      ['{"n":1}', 'delete'],
      ['{"n":1}', 'tombstone'],
      ['{"n":2}', 'create'],
    ]);
  });

  it('leave out updates that change no captured column, when asked to', () => {
    const images = [image(1, 5), image(1, 5), image(2, 5), image(2, 6), image(3, 0), image(4, 0)];
    const table: CapturedTable = { ...intTable(['id']), included: (ordinal) => ordinal === 1 };
    const kept = recordsOf(change('update', images, { table }), { skipsUnchanged: true });
    expect(kept.map(({ key, operation }) => [key, operation])).toEqual([['{"id":2}', 'update']]);
    expect(kept[0]?.value).toContain('"row":1,');
    expect(recordsOf(change('update', images)).map(({ operation }) => operation)).toEqual([
      'update',
      'update',
      'delete',
      'tombstone',
      'create',
    ]);
  });

  it('leave out columns that are not captured, but never from the key', () => {
    const table: CapturedTable = { ...intTable(['id']), included: (ordinal) => ordinal === 1 };
    const [record] = recordsOf(change('insert', [image(7, 1)], { table }));
    expect(record?.key).toBe('{"id":7}');
    expect(record?.value).toContain('"after":{"n":1}');
  });
});
