import { malformed } from '../bytes/byte-source.ts';
import { EventReader } from '../bytes/event-reader.ts';
import { WireType, wireColumn } from '../table/wire-type.ts';
import type { TableMapMetadata } from './table-map-metadata.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NUMERIC = new Set<number>([
  WireType.DECIMAL_OLD,
  WireType.TINY,
  WireType.SHORT,
  WireType.INT24,
  WireType.LONG,
  WireType.LONGLONG,
  WireType.NEWDECIMAL,
  WireType.FLOAT,
  WireType.DOUBLE,
  WireType.YEAR,
]);
const CHARACTER = new Set<number>([
  WireType.VARCHAR,
  WireType.VAR_STRING,
  WireType.STRING,
  WireType.BLOB,
  WireType.BLOB_COMPRESSED,
  WireType.VARCHAR_COMPRESSED,
  // MySQL sends VECTOR's collation, too (always binary).
  WireType.VECTOR,
]);

/** Which columns each kind of field speaks about, in table order. */
interface ColumnGroups {
  readonly count: number;
  readonly numeric: readonly number[];
  readonly character: readonly number[];
  readonly enums: readonly number[];
  readonly sets: readonly number[];
  readonly enumsAndSets: readonly number[];
  readonly geometry: readonly number[];
  readonly vector: readonly number[];
}

/** Columns of a TABLE_MAP, and whose server wrote it. */
interface MapColumns {
  readonly types: Uint8Array;
  readonly metadata: Uint16Array;
  readonly flavor: 'mysql' | 'mariadb';
}

/** On MariaDB geometry columns are BLOBs and count among the character columns, too. */
function groupColumns(columns: MapColumns): ColumnGroups {
  const wire = Array.from(columns.types, (type, i) => wireColumn(type, columns.metadata[i] ?? 0).type);
  const where = (test: (type: number) => boolean): number[] =>
    wire.flatMap((type, i) => (test(type) ? [i] : []));
  return {
    count: wire.length,
    numeric: where((type) => NUMERIC.has(type)),
    character: where(
      (type) => CHARACTER.has(type) || (columns.flavor === 'mariadb' && type === WireType.GEOMETRY),
    ),
    enums: where((type) => type === WireType.ENUM),
    sets: where((type) => type === WireType.SET),
    enumsAndSets: where((type) => type === WireType.ENUM || type === WireType.SET),
    geometry: where((type) => type === WireType.GEOMETRY),
    vector: where((type) => type === WireType.VECTOR),
  };
}

/**
 * Parses the optional metadata behind a TABLE_MAP event: fields of type (1 byte), length and value. Fields that
 * are not known are skipped. Source: MySQL `rows_event.h`, Optional_metadata_field_type.
 */
export function parseOptionalMetadata(reader: EventReader, columns: MapColumns): TableMapMetadata {
  const result: Mutable<TableMapMetadata> = {
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
  };
  if (reader.remaining === 0) return result;
  const groups = groupColumns(columns);
  while (reader.remaining > 0) {
    const type = reader.uint(1);
    const value = reader.take(reader.lengthEncoded());
    readField(result, { type, field: new EventReader({ bytes: value, end: value.length }, 0) }, groups);
  }
  return result;
}

function readField(
  result: Mutable<TableMapMetadata>,
  { type, field }: { type: number; field: EventReader },
  groups: ColumnGroups,
): void {
  switch (type) {
    case 1:
      result.unsigned = readBitmap(field, groups.numeric, { count: groups.count, absent: false });
      return;
    case 2:
      result.collations = readDefaultCollation(field, groups.character, groups.count);
      return;
    case 3:
      result.collations = readNumbers(field, groups.character, groups.count);
      return;
    case 4:
      result.names = Array.from({ length: groups.count }, () => field.text(field.lengthEncoded()));
      return;
    case 5:
      result.setLabels = readLabels(field, groups.sets, groups.count);
      return;
    case 6:
      result.enumLabels = readLabels(field, groups.enums, groups.count);
      return;
    case 7:
      result.geometryTypes = readNumbers(field, groups.geometry, groups.count);
      return;
    default:
      readLateField(result, { type, field }, groups);
  }
}

function readLateField(
  result: Mutable<TableMapMetadata>,
  { type, field }: { type: number; field: EventReader },
  groups: ColumnGroups,
): void {
  switch (type) {
    case 8:
      result.primaryKey = readKey(field, groups.count, false).columns;
      return;
    case 9: {
      const key = readKey(field, groups.count, true);
      result.primaryKey = key.columns;
      result.primaryKeyPrefixes = key.prefixes;
      return;
    }
    case 10:
      result.enumSetCollations = readDefaultCollation(field, groups.enumsAndSets, groups.count);
      return;
    case 11:
      result.enumSetCollations = readNumbers(field, groups.enumsAndSets, groups.count);
      return;
    case 12: {
      const all = Array.from({ length: groups.count }, (_, i) => i);
      result.visible = readBitmap(field, all, { count: groups.count, absent: true });
      return;
    }
    case 13:
      result.vectorDimensions = readNumbers(field, groups.vector, groups.count);
      return;
    default:
  }
}

/** Bits most significant first, one per column of the group. */
function readBitmap(
  field: EventReader,
  group: readonly number[],
  options: { count: number; absent: boolean },
): readonly boolean[] {
  const bits = field.take((group.length + 7) >> 3);
  const result = new Array<boolean>(options.count).fill(options.absent);
  group.forEach((column, i) => {
    result[column] = ((bits[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0;
  });
  return result;
}

/** One default, then pairs (index within the group, collation) for those that differ. */
function readDefaultCollation(
  field: EventReader,
  group: readonly number[],
  count: number,
): readonly (number | null)[] {
  const fallback = field.lengthEncoded();
  const result = new Array<number | null>(count).fill(null);
  for (const column of group) result[column] = fallback;
  while (field.remaining > 0) {
    const column = group[field.lengthEncoded()];
    if (column === undefined) throw malformed('A charset is given for a column that does not exist.');
    result[column] = field.lengthEncoded();
  }
  return result;
}

function readNumbers(
  field: EventReader,
  group: readonly number[],
  count: number,
): readonly (number | null)[] {
  const result = new Array<number | null>(count).fill(null);
  for (const column of group) result[column] = field.lengthEncoded();
  return result;
}

function readLabels(
  field: EventReader,
  group: readonly number[],
  count: number,
): readonly (readonly Buffer[] | null)[] {
  const result = new Array<readonly Buffer[] | null>(count).fill(null);
  for (const column of group) {
    const labels = field.lengthEncoded();
    if (labels > field.remaining)
      throw malformed(`${labels} labels do not fit into ${field.remaining} bytes.`);
    result[column] = Array.from({ length: labels }, () => Buffer.from(field.take(field.lengthEncoded())));
  }
  return result;
}

function readKey(
  field: EventReader,
  count: number,
  withPrefixes: boolean,
): { columns: number[]; prefixes: number[] } {
  const columns: number[] = [];
  const seen = new Set<number>();
  const prefixes: number[] = [];
  while (field.remaining > 0) {
    const column = field.lengthEncoded();
    if (column >= count || seen.has(column))
      throw malformed(`Primary key column ${column} does not exist or is there twice.`);
    seen.add(column);
    columns.push(column);
    prefixes.push(withPrefixes ? field.lengthEncoded() : 0);
  }
  return { columns, prefixes };
}
