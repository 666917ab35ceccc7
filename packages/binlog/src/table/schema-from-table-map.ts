import { SealaneError } from '@sealane/errors/sealane-error';
import { decodeText } from '../columns/charsets.ts';
import type { TableMap } from '../events/table-map.ts';
import { charsetOfCollation } from './collations.ts';
import { plainBinaryOf } from './plain-binary.ts';
import type { ColumnType, TableColumn, TableSchema } from './table-schema.ts';
import { type WireColumn, WireType, wireColumn } from './wire-type.ts';

const BINARY_COLLATION = 63;

/**
 * The schema that a TABLE_MAP event with `binlog_row_metadata=FULL` carries, or null when the event has no column
 * names. MariaDB sends UUID, INET6 and INET4 as BINARY and VECTOR as VARBINARY of their size: `enrichFrom` (a schema that
 * the table's DDL or information_schema told) tells them apart where its column has the same name and size, and TINYINT(1) from TINYINT.
 */
export function schemaFromTableMap(map: TableMap, enrichFrom?: TableSchema | null): TableSchema | null {
  const { names, primaryKey, visible } = map.optional;
  if (names === null) return null;
  const key = primaryKey ?? [];
  const columns = names.map((name, ordinal): TableColumn => {
    const position = key.indexOf(ordinal);
    const type = columnType(map, ordinal);
    return {
      name,
      ordinal,
      type: enriched(type, enrichFrom?.columns.find((column) => column.name === name)?.type),
      nullable: ((map.nullable[ordinal >> 3] ?? 0) & (1 << (ordinal & 7))) !== 0,
      primaryKeyPosition: position === -1 ? null : position,
      visible: visible?.[ordinal] ?? true,
    };
  });
  return {
    database: map.database,
    table: map.table,
    columns,
    primaryKey: key.map((ordinal) => names[ordinal] ?? ''),
  };
}

function enriched(type: ColumnType, known: ColumnType | undefined): ColumnType {
  if (known?.family === 'integer' && known.width === 1 && type.family === 'integer' && type.bytes === 1)
    return { ...type, width: 1 };
  if (known === undefined || type.family !== 'binary') return type;
  const plain = plainBinaryOf(known);
  return type.kind === plain?.kind && type.length === plain.length ? known : type;
}

function columnType(map: TableMap, ordinal: number): ColumnType {
  const wire = wireColumn(map.types[ordinal] ?? 0, map.metadata[ordinal] ?? 0);
  const unsigned = map.optional.unsigned?.[ordinal] ?? false;
  switch (wire.type) {
    case WireType.TINY:
      return { family: 'integer', bytes: 1, unsigned };
    case WireType.SHORT:
      return { family: 'integer', bytes: 2, unsigned };
    case WireType.INT24:
      return { family: 'integer', bytes: 3, unsigned };
    case WireType.LONG:
      return { family: 'integer', bytes: 4, unsigned };
    case WireType.LONGLONG:
      return { family: 'integer', bytes: 8, unsigned };
    case WireType.NEWDECIMAL:
      return { family: 'decimal', precision: wire.size, scale: wire.scale };
    case WireType.FLOAT:
      return { family: 'float', bytes: 4 };
    case WireType.DOUBLE:
      return { family: 'float', bytes: 8 };
    case WireType.BIT:
      return { family: 'bit', length: wire.size };
    default:
      return temporalType(wire) ?? stringLikeType(map, ordinal, wire);
  }
}

function temporalType(wire: WireColumn): ColumnType | null {
  switch (wire.type) {
    case WireType.YEAR:
      return { family: 'year' };
    case WireType.DATE:
      return { family: 'date' };
    case WireType.TIME2:
    case WireType.TIME_OLD:
      return { family: 'time', fsp: wire.size };
    case WireType.DATETIME2:
    case WireType.DATETIME_OLD:
      return { family: 'datetime', fsp: wire.size };
    case WireType.TIMESTAMP2:
    case WireType.TIMESTAMP_OLD:
      return { family: 'timestamp', fsp: wire.size };
    default:
      return null;
  }
}

function stringLikeType(map: TableMap, ordinal: number, wire: WireColumn): ColumnType {
  const { optional } = map;
  switch (wire.type) {
    case WireType.JSON:
      return { family: 'json' };
    case WireType.GEOMETRY:
      return { family: 'geometry', geometryType: optional.geometryTypes?.[ordinal] ?? 0 };
    case WireType.VECTOR:
      return { family: 'vector', dimension: optional.vectorDimensions?.[ordinal] ?? 0 };
    case WireType.ENUM:
      return { family: 'enum', labels: labelsOf(map, ordinal, optional.enumLabels) };
    case WireType.SET:
      return { family: 'set', labels: labelsOf(map, ordinal, optional.setLabels) };
    case WireType.VARCHAR:
    case WireType.VARCHAR_COMPRESSED:
    case WireType.VAR_STRING:
    case WireType.STRING:
    case WireType.BLOB:
    case WireType.BLOB_COMPRESSED:
      return characterType(map, ordinal, wire);
    default:
      throw unknownType(map, ordinal, wire.type);
  }
}

function labelsOf(
  map: TableMap,
  ordinal: number,
  labels: readonly (readonly Buffer[] | null)[] | null,
): readonly string[] {
  const collation = map.optional.enumSetCollations?.[ordinal] ?? null;
  const charset = collation === null ? 'utf8mb4' : (charsetOfCollation(collation) ?? 'utf8mb4');
  return (labels?.[ordinal] ?? []).map((label) => decodeText(label, charset));
}

function characterType(map: TableMap, ordinal: number, wire: WireColumn): ColumnType {
  const collation = map.optional.collations?.[ordinal] ?? BINARY_COLLATION;
  const isBlob = wire.type === WireType.BLOB || wire.type === WireType.BLOB_COMPRESSED;
  const isFixed = wire.type === WireType.STRING;
  const length = isBlob ? 0 : wire.size - (wire.type === WireType.VARCHAR_COMPRESSED ? 1 : 0);
  if (collation === BINARY_COLLATION) {
    return { family: 'binary', kind: isBlob ? 'blob' : isFixed ? 'binary' : 'varbinary', length };
  }
  const charset = charsetOfCollation(collation);
  if (charset === null) throw unknownCollation(map, ordinal, collation);
  return { family: 'string', kind: isBlob ? 'text' : isFixed ? 'char' : 'varchar', charset, length };
}

function unknownCollation(map: TableMap, ordinal: number, collation: number): SealaneError {
  return new SealaneError({
    code: 'CHARSET_UNSUPPORTED',
    message: `The character set of a column of ${map.database}.${map.table} is not known.`,
    why: `Column ${map.optional.names?.[ordinal] ?? ordinal + 1} has collation id ${collation}.`,
    remedy: 'Convert the column to a utf8mb4 collation, or exclude the table from capture.',
    details: { collation },
  });
}

function unknownType(map: TableMap, ordinal: number, type: number): SealaneError {
  return new SealaneError({
    code: 'BINLOG_EVENT_UNSUPPORTED',
    message: `A column of ${map.database}.${map.table} has a type that Sealane does not decode.`,
    why: `Column ${map.optional.names?.[ordinal] ?? ordinal + 1} has wire type ${type}.`,
    remedy: 'Change the type of the column, or exclude the table from capture.',
    details: { wireType: type },
  });
}
