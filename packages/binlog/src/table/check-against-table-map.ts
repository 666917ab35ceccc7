import { SealaneError } from '@sealane/errors/sealane-error';
import type { TableMap } from '../events/table-map.ts';
import { charsetOfCollation } from './collations.ts';
import { plainBinaryOf } from './plain-binary.ts';
import type { ColumnType, TableColumn, TableSchema } from './table-schema.ts';
import { type WireColumn, WireType, wireColumn } from './wire-type.ts';

const INTEGER_WIRE = {
  1: WireType.TINY,
  2: WireType.SHORT,
  3: WireType.INT24,
  4: WireType.LONG,
  8: WireType.LONGLONG,
};
const TEMPORAL_WIRE = {
  time: [WireType.TIME2, WireType.TIME_OLD],
  datetime: [WireType.DATETIME2, WireType.DATETIME_OLD],
  timestamp: [WireType.TIMESTAMP2, WireType.TIMESTAMP_OLD],
} as const;

/**
 * Proves that a tracked schema describes the rows behind a TABLE_MAP event: same table, same number of columns,
 * and per column the same wire type and metadata, signedness, charset and nullability as far as they are sent.
 * Throws `TABLE_SCHEMA_MISMATCH` that names the first column that differs; decoding such rows would give wrong values.
 */
export function checkAgainstTableMap(schema: TableSchema, map: TableMap): void {
  if (schema.columns.length !== map.types.length) {
    throw mismatch(
      map,
      `The schema has ${schema.columns.length} columns, the binlog says ${map.types.length}.`,
    );
  }
  for (const column of schema.columns) {
    const wire = wireColumn(map.types[column.ordinal] ?? 0, map.metadata[column.ordinal] ?? 0);
    const reason = wireReason(column.type, wire) ?? metadataReason(column, map);
    if (reason !== null) throw mismatch(map, `Column ${column.name}: ${reason}.`);
  }
}

function differs(
  what: string,
  schema: string | number | boolean,
  binlog: string | number | boolean,
): string | null {
  return schema === binlog ? null : `the schema has ${what} ${schema}, the binlog ${binlog}`;
}

function wireReason(type: ColumnType, wire: WireColumn): string | null {
  switch (type.family) {
    case 'integer':
      return differs('wire type', INTEGER_WIRE[type.bytes], wire.type);
    case 'decimal':
      return (
        differs('wire type', WireType.NEWDECIMAL, wire.type) ??
        differs('precision', type.precision, wire.size) ??
        differs('scale', type.scale, wire.scale)
      );
    case 'float':
      return differs('wire type', type.bytes === 4 ? WireType.FLOAT : WireType.DOUBLE, wire.type);
    case 'bit':
      return differs('wire type', WireType.BIT, wire.type) ?? differs('bits', type.length, wire.size);
    case 'year':
      return differs('wire type', WireType.YEAR, wire.type);
    case 'date':
      return differs('wire type', WireType.DATE, wire.type);
    case 'time':
    case 'datetime':
    case 'timestamp':
      return temporalReason(type, wire);
    default:
      return stringReason(type, wire);
  }
}

/** The old formats carry no digits; MariaDB's own old format with digits cannot be told from them and is refused here. */
function temporalReason(type: Extract<ColumnType, { fsp: number }>, wire: WireColumn): string | null {
  const [current, old] = TEMPORAL_WIRE[type.family];
  if (wire.type !== old)
    return differs('wire type', current, wire.type) ?? differs('fraction digits', type.fsp, wire.size);
  return type.fsp === 0
    ? null
    : 'its fractional digits are stored in the format of MariaDB 5.3 (mysql56_temporal_format=OFF)';
}

type StringLike = Exclude<
  ColumnType,
  { family: 'integer' | 'decimal' | 'float' | 'bit' | 'year' | 'date' } | { fsp: number }
>;

function stringReason(type: StringLike, wire: WireColumn): string | null {
  switch (type.family) {
    case 'enum':
      return (
        differs('wire type', WireType.ENUM, wire.type) ??
        differs('value bytes', type.labels.length > 255 ? 2 : 1, wire.size)
      );
    case 'set':
      return (
        differs('wire type', WireType.SET, wire.type) ??
        differs('value bytes', setBytes(type.labels.length), wire.size)
      );
    case 'json':
      return differs('wire type', WireType.JSON, wire.type);
    case 'geometry':
      return differs('wire type', WireType.GEOMETRY, wire.type);
    case 'vector':
      return wire.type === WireType.VECTOR ? null : plainReason(type, wire);
    case 'uuid':
    case 'inet6':
    case 'inet4':
      return plainReason(type, wire);
    default:
      return bytesReason(type, wire);
  }
}

function plainReason(type: ColumnType, wire: WireColumn): string | null {
  const plain = plainBinaryOf(type);
  return plain === null ? null : bytesReason({ family: 'binary', ...plain }, wire);
}

/** Length is not compared for compressed columns, which reserve a byte, nor where it is not known. */
function bytesReason(
  type: Extract<ColumnType, { family: 'string' | 'binary' }>,
  wire: WireColumn,
): string | null {
  const compressed = wire.type === WireType.VARCHAR_COMPRESSED || wire.type === WireType.BLOB_COMPRESSED;
  if (type.kind === 'text' || type.kind === 'blob') {
    return compressed ? null : differs('wire type', WireType.BLOB, wire.type);
  }
  if (compressed) return null;
  const fixed = type.kind === 'char' || type.kind === 'binary';
  const family = differs('wire type', fixed ? WireType.STRING : WireType.VARCHAR, wire.type);
  return family ?? (type.length === 0 ? null : differs('bytes', type.length, wire.size));
}

function setBytes(labels: number): number {
  const bytes = (labels + 7) >> 3;
  return bytes > 4 ? 8 : bytes;
}

function metadataReason(column: TableColumn, map: TableMap): string | null {
  const { optional } = map;
  const { type, ordinal } = column;
  const nullable = ((map.nullable[ordinal >> 3] ?? 0) & (1 << (ordinal & 7))) !== 0;
  const unsigned = optional.unsigned?.[ordinal];
  const collation = optional.collations?.[ordinal];
  const name = optional.names?.[ordinal];
  if (type.family === 'integer' && unsigned !== undefined && type.unsigned !== unsigned) {
    return differs('unsigned', type.unsigned, unsigned);
  }
  if (type.family === 'string' && typeof collation === 'number') {
    const reason = differs('charset', type.charset, charsetOfCollation(collation) ?? collation);
    if (reason !== null) return reason;
  }
  if (name !== undefined && name !== column.name) return `the binlog calls it ${name}`;
  return differs('nullable', column.nullable, nullable);
}

function mismatch(map: TableMap, why: string): SealaneError {
  return new SealaneError({
    code: 'TABLE_SCHEMA_MISMATCH',
    message: `The schema of ${map.database}.${map.table} does not fit its binlog events.`,
    why,
    remedy:
      'The table was altered between the event and the schema. Set binlog_row_metadata=FULL on the server, or take a new snapshot of the table.',
    details: { database: map.database, table: map.table },
  });
}
