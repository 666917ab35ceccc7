import { knownBytes } from '@sealane/binlog/bytes/same-bytes';
import { TextGtid } from '@sealane/binlog/gtid/gtid';
import type { TableSchema } from '@sealane/binlog/table/table-schema';
import { WireType } from '@sealane/binlog/table/wire-type';
import type { CapturedTable } from '../change/captured-table.ts';
import type { RowsChange } from '../change/change.ts';

const integer = { family: 'integer', bytes: 4, unsigned: false } as const;

/** A table of two INT columns, `id` and `n`; `id` is the key unless there is none. */
export function intTable(primaryKey: readonly string[]): CapturedTable {
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
    fingerprint: knownBytes(Buffer.alloc(0)),
  };
  return { database: 'shop', table: 'stock', id: 'shop.stock', schema, tableMap, included: () => true };
}

/** An image of such a table: the bitmap of nulls, then the two integers. */
export function image(id: number, n: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeInt32LE(id, 1);
  bytes.writeInt32LE(n, 5);
  return bytes;
}

/** A rows event of `shop.stock` at row images of {@link image}. */
export function rowsChange(
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
      beginPosition: 100,
      isResumed: false,
      isStatement: false,
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
    query: null,
    ...extra,
  };
}
