import { charsetWidth } from './collations.ts';
import type { ColumnType } from './table-schema.ts';

/** The columns of `information_schema.columns` that say what a column is. */
export interface ColumnRow {
  readonly dataType: string;
  /** Full declaration, e.g. `decimal(12,2) unsigned`, `enum('a','b')`. */
  readonly columnType: string;
  readonly charset: string | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly fsp: number | null;
  /** Declared characters, and bytes. */
  readonly characters: number | null;
  readonly bytes: number | null;
}

const INTEGER_BYTES = { tinyint: 1, smallint: 2, mediumint: 3, int: 4, bigint: 8 } as const;
const GEOMETRY_TYPES = [
  'geometry',
  'point',
  'linestring',
  'polygon',
  'multipoint',
  'multilinestring',
  'multipolygon',
  'geometrycollection',
];
const TEXT_TYPES = new Set(['tinytext', 'text', 'mediumtext', 'longtext']);
const BLOB_TYPES = new Set(['tinyblob', 'blob', 'mediumblob', 'longblob']);

function integerBytes(dataType: string): 1 | 2 | 3 | 4 | 8 | null {
  return Object.hasOwn(INTEGER_BYTES, dataType)
    ? INTEGER_BYTES[dataType as keyof typeof INTEGER_BYTES]
    : null;
}

/** The type of a column as information_schema describes it, or null for a type that is not known. */
export function columnTypeOf(row: ColumnRow): ColumnType | null {
  const bytes = integerBytes(row.dataType);
  if (bytes !== null) {
    const unsigned = /\bunsigned\b/.test(row.columnType);
    const oneDigit = bytes === 1 && /^tinyint\(1\)(?!.*zerofill)/.test(row.columnType);
    return { family: 'integer', bytes, unsigned, ...(oneDigit ? { width: 1 } : {}) };
  }
  return numericOrTemporal(row) ?? characterType(row) ?? specialType(row);
}

function numericOrTemporal(row: ColumnRow): ColumnType | null {
  switch (row.dataType) {
    case 'decimal':
      return { family: 'decimal', precision: row.precision ?? 10, scale: row.scale ?? 0 };
    case 'float':
      return { family: 'float', bytes: 4 };
    case 'double':
      return { family: 'float', bytes: 8 };
    case 'bit':
      return { family: 'bit', length: row.precision ?? 1 };
    case 'year':
      return { family: 'year' };
    case 'date':
      return { family: 'date' };
    case 'time':
    case 'datetime':
    case 'timestamp':
      return { family: row.dataType, fsp: row.fsp ?? 0 };
    default:
      return null;
  }
}

function characterType(row: ColumnRow): ColumnType | null {
  const charset = row.charset ?? 'utf8mb4';
  if (row.dataType === 'char' || row.dataType === 'varchar') {
    return {
      family: 'string',
      kind: row.dataType,
      charset,
      length: (row.characters ?? 0) * charsetWidth(charset),
    };
  }
  if (TEXT_TYPES.has(row.dataType)) return { family: 'string', kind: 'text', charset, length: 0 };
  if (row.dataType === 'binary' || row.dataType === 'varbinary') {
    return { family: 'binary', kind: row.dataType, length: row.bytes ?? 0 };
  }
  return BLOB_TYPES.has(row.dataType) ? { family: 'binary', kind: 'blob', length: 0 } : null;
}

function specialType(row: ColumnRow): ColumnType | null {
  const geometryType = GEOMETRY_TYPES.indexOf(
    row.dataType === 'geomcollection' ? 'geometrycollection' : row.dataType,
  );
  if (geometryType !== -1) return { family: 'geometry', geometryType };
  switch (row.dataType) {
    case 'enum':
    case 'set':
      return { family: row.dataType, labels: parseLabels(row.columnType) };
    case 'json':
    case 'uuid':
    case 'inet6':
    case 'inet4':
      return { family: row.dataType };
    case 'vector':
      return { family: 'vector', dimension: Number(/\((\d+)\)/.exec(row.columnType)?.[1] ?? 0) };
    default:
      return null;
  }
}

/** Labels of `enum('a','it''s')`: quotes are doubled, backslashes stand for themselves. */
export function parseLabels(columnType: string): string[] {
  return [...columnType.matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] ?? '').replaceAll("''", "'"));
}
