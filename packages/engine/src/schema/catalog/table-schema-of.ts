import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import { charsetWidth } from '@sealane/binlog/table/collations';
import type { ColumnType, TableColumn, TableSchema } from '@sealane/binlog/table/table-schema';
import type { ColumnDefinition, TableDefinition } from '../../change/table-definition.ts';
import { identifyingColumns } from './record-key.ts';

const INTEGER_BYTES: Readonly<Record<string, 1 | 2 | 3 | 4 | 8>> = {
  TINYINT: 1,
  INT1: 1,
  BOOL: 1,
  BOOLEAN: 1,
  SMALLINT: 2,
  INT2: 2,
  MEDIUMINT: 3,
  MIDDLEINT: 3,
  INT3: 3,
  INT: 4,
  INTEGER: 4,
  INT4: 4,
  BIGINT: 8,
  INT8: 8,
};
const GEOMETRY_TYPES: Readonly<Record<string, number>> = {
  GEOMETRY: 0,
  POINT: 1,
  LINESTRING: 2,
  POLYGON: 3,
  MULTIPOINT: 4,
  MULTILINESTRING: 5,
  MULTIPOLYGON: 6,
  GEOMETRYCOLLECTION: 7,
  GEOMCOLLECTION: 7,
};
/** Digits from which FLOAT(p) is a DOUBLE. */
const DOUBLE_DIGITS = 25;

/** What the binlog's rows of a table look like, as far as its DDL tells; null for a column type that is not known. */
export function tableSchemaOf(definition: TableDefinition, flavor: ServerFlavor): TableSchema | null {
  const { database, table } = definition;
  const primaryKey = identifyingColumns(definition);
  const columns: TableColumn[] = [];
  for (const [ordinal, column] of definition.columns.entries()) {
    const type = columnTypeOf(column, flavor);
    if (type === null) return null;
    const position = primaryKey.indexOf(column.name);
    columns.push({
      name: column.name,
      ordinal,
      type,
      nullable: column.nullable,
      primaryKeyPosition: position === -1 ? null : position,
      visible: column.visible,
    });
  }
  return { database, table, columns, primaryKey };
}

function columnTypeOf(column: ColumnDefinition, flavor: ServerFlavor): ColumnType | null {
  const [base = '', ...rest] = column.typeName.split(' ');
  const bytes = INTEGER_BYTES[base];
  if (bytes !== undefined) {
    const attributes = rest.join(' ');
    const oneDigit = isOneDigit(base, column) && !attributes.includes('ZEROFILL');
    const unsigned = /UNSIGNED|ZEROFILL/.test(attributes);
    return { family: 'integer', bytes, unsigned, ...(oneDigit ? { width: 1 } : {}) };
  }
  const geometryType = GEOMETRY_TYPES[base];
  if (geometryType !== undefined) return { family: 'geometry', geometryType };
  return numberOrTime(base, column) ?? characters(column) ?? special(base, column, flavor);
}

function isOneDigit(base: string, { length }: ColumnDefinition): boolean {
  return base.startsWith('BOOL') || (INTEGER_BYTES[base] === 1 && length === 1);
}

function numberOrTime(base: string, { length, scale }: ColumnDefinition): ColumnType | null {
  switch (base) {
    case 'DECIMAL':
    case 'DEC':
    case 'NUMERIC':
    case 'FIXED':
      return { family: 'decimal', precision: length ?? 10, scale: scale ?? 0 };
    case 'FLOAT':
      return { family: 'float', bytes: scale === null && (length ?? 0) >= DOUBLE_DIGITS ? 8 : 4 };
    case 'FLOAT4':
      return { family: 'float', bytes: 4 };
    case 'FLOAT8':
    case 'DOUBLE':
    case 'REAL':
      return { family: 'float', bytes: 8 };
    case 'BIT':
      return { family: 'bit', length: length ?? 1 };
    case 'YEAR':
      return { family: 'year' };
    case 'DATE':
      return { family: 'date' };
    case 'TIME':
      return { family: 'time', fsp: length ?? 0 };
    case 'DATETIME':
      return { family: 'datetime', fsp: length ?? 0 };
    case 'TIMESTAMP':
      return { family: 'timestamp', fsp: length ?? 0 };
    default:
      return null;
  }
}

/** Character types and their binary twins, in all their names. */
function characters({ typeName, charset: declared, length }: ColumnDefinition): ColumnType | null {
  if (typeName === 'BINARY' || typeName === 'VARBINARY') {
    const kind = typeName === 'BINARY' ? 'binary' : 'varbinary';
    return { family: 'binary', kind, length: length ?? 1 };
  }
  if (/BLOB$|^LONG VARBINARY$/.test(typeName)) return { family: 'binary', kind: 'blob', length: 0 };
  if (declared === null) return null;
  const charset = serverCharset(declared);
  if (/TEXT$|^LONG\b/.test(typeName)) return { family: 'string', kind: 'text', charset, length: 0 };
  if (!typeName.includes('CHAR')) return null;
  const kind = /VAR/.test(typeName) ? 'varchar' : 'char';
  return { family: 'string', kind, charset, length: (length ?? 1) * charsetWidth(charset) };
}

/** `utf8` is a name for `utf8mb3`. */
function serverCharset(charset: string): string {
  return charset === 'utf8' ? 'utf8mb3' : charset;
}

function special(
  base: string,
  { labels, length }: ColumnDefinition,
  flavor: ServerFlavor,
): ColumnType | null {
  switch (base) {
    case 'ENUM':
      return { family: 'enum', labels };
    case 'SET':
      return { family: 'set', labels };
    case 'JSON':
      // MariaDB's JSON is a name for LONGTEXT in utf8mb4.
      return flavor === 'mysql'
        ? { family: 'json' }
        : { family: 'string', kind: 'text', charset: 'utf8mb4', length: 0 };
    case 'VECTOR':
      return { family: 'vector', dimension: length ?? 0 };
    case 'UUID':
      return { family: 'uuid' };
    case 'INET6':
      return { family: 'inet6' };
    case 'INET4':
      return { family: 'inet4' };
    default:
      return null;
  }
}
