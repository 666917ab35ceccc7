import { DEFAULT_HANDLING_MODES } from '@sealane/binlog/columns/handling-modes';
import { TextGtid } from '@sealane/binlog/gtid/gtid';
import type { TableSchema } from '@sealane/binlog/table/table-schema';
import { WireType } from '@sealane/binlog/table/wire-type';
import { describe, expect, it } from 'vitest';
import type { CapturedTable } from '../change/captured-table.ts';
import type { RowsChange } from '../change/change.ts';
import { EnvelopeClock } from './envelope-clock.ts';
import { StreamedRowsCursor } from './streamed-rows-cursor.ts';
import { TableWriters } from './table-writers.ts';

const integer = { family: 'integer', bytes: 4, unsigned: false } as const;

/** A table of two INT columns, `id` and `n`; `id` is the key unless there is none. */
function intTable(primaryKey: readonly string[]): CapturedTable {
  const columns = ['id', 'n'].map((name, ordinal) => ({
    name,
    ordinal,
    type: integer,
    nullable: false,
    primaryKeyPosition: primaryKey.includes(name) ? 0 : null,
    visible: true,
  }));
  const schema: TableSchema = { database: 'shop', table: 'stock', columns, primaryKey };
  const tableMap = {
    tableId: 1,
    database: 'shop',
    table: 'stock',
    types: Uint8Array.of(WireType.LONG, WireType.LONG),
    metadata: Uint16Array.of(0, 0),
    nullable: Uint8Array.of(0),
    optional: {
      names: null,
      unsigned: null,
      collations: null,
      enumSetCollations: null,
      enumLabels: null,
      setLabels: null,
      geometryTypes: null,
      primaryKey: null,
      primaryKeyPrefixes: null,
      visible: null,
      vectorDimensions: null,
    },
    fingerprint: Buffer.alloc(0),
  };
  return { database: 'shop', table: 'stock', id: 'shop.stock', schema, tableMap, included: () => true };
}

/** An image: the bitmap of nulls, then the two integers. */
function image(id: number, n: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeInt32LE(id, 1);
  bytes.writeInt32LE(n, 5);
  return bytes;
}

function change(
  kind: 'insert' | 'update' | 'delete',
  images: Buffer[],
  extra: Partial<RowsChange> = {},
): RowsChange {
  const bytes = Buffer.concat(images);
  return {
    tag: 'rows',
    transaction: {
      tag: 'begin',
      gtid: new TextGtid('0-1-37'),
      file: 'bin.000002',
      position: 100,
      threadId: 815,
      committedAtMs: 1_782_327_979_000,
      committedAtUs: null,
    },
    table: intTable(['id']),
    rows: {
      kind,
      tableId: 1,
      bytes,
      start: 0,
      end: bytes.length,
      columnCount: 2,
      present: null,
      presentAfter: null,
      endOfStatement: true,
    },
    position: 16043,
    serverId: 1,
    timestampMs: 1_782_327_979_000,
    timestampUs: 1_782_327_979_000_000,
    event: 3,
    skipRows: 0,
    ...extra,
  };
}

interface Seen {
  key: string | null;
  value: string | null;
  operation: string;
  headers: readonly (readonly [string, string])[] | undefined;
}

function recordsOf(rows: RowsChange, tombstones = true): Seen[] {
  const cursor = new StreamedRowsCursor({
    identity: { version: '3.5.0.Sealane', connector: 'mariadb', name: 'erp' },
    writers: new TableWriters(DEFAULT_HANDLING_MODES),
    tombstones,
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

  it('follow a delete with a tombstone, unless that is switched off', () => {
    const deleted = change('delete', [image(1, 5)]);
    expect(recordsOf(deleted).map(({ key, operation }) => [key, operation])).toEqual([
      ['{"id":1}', 'delete'],
      ['{"id":1}', 'tombstone'],
    ]);
    expect(recordsOf(deleted)[0]?.value).toMatch(
      /^\{"before":\{"id":1,"n":5\},"after":null,"source":.*"op":"d"/,
    );
    expect(recordsOf(deleted, false)).toHaveLength(1);
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

  it('leave out columns that are not captured, but never from the key', () => {
    const table: CapturedTable = { ...intTable(['id']), included: (ordinal) => ordinal === 1 };
    const [record] = recordsOf(change('insert', [image(7, 1)], { table }));
    expect(record?.key).toBe('{"id":7}');
    expect(record?.value).toContain('"after":{"n":1}');
  });
});
