import type { Connection } from 'mysql2/promise';
import type { ColumnValue } from '../columns/column-codec.ts';
import { quoteIdentifier } from '../row/text-row-writer.ts';
import type { ColumnType, TableSchema } from '../table/table-schema.ts';

/**
 * A table's rows as any SQL client sees them: the server converts every value to text or hexadecimal digits, so that
 * none of our decoders has a part in it. The session's time zone must be UTC.
 */
export async function selectValues(
  connection: Connection,
  schema: TableSchema,
  orderBy: string,
): Promise<ColumnValue[][]> {
  const list = schema.columns.map(({ name, type }) => textOf(quoteIdentifier(name), type));
  const table = `${quoteIdentifier(schema.database)}.${quoteIdentifier(schema.table)}`;
  const [rows] = await connection.query({
    sql: `SELECT ${list.join(', ')} FROM ${table} ORDER BY ${orderBy}`,
    rowsAsArray: true,
    typeCast: (field: { string(): string | null }) => field.string(),
  });
  return (rows as (string | null)[][]).map((cells) =>
    cells.map((cell, i) => (cell === null ? null : decodedCell(cell, schema.columns[i]?.type as ColumnType))),
  );
}

function textOf(name: string, type: ColumnType): string {
  switch (type.family) {
    case 'string':
    case 'enum':
    case 'set':
      return `HEX(CONVERT(${name} USING utf8mb4))`;
    case 'binary':
    case 'vector':
      return `HEX(${name})`;
    case 'geometry':
      return `CONCAT(ST_SRID(${name}), ':', HEX(ST_AsWKB(${name})))`;
    case 'bit':
    case 'year':
      return `CAST(${name} + 0 AS CHAR)`;
    case 'float':
      return type.bytes === 4 ? `CAST(${name} + 0e0 AS CHAR)` : `CAST(${name} AS CHAR)`;
    default:
      return `CAST(${name} AS CHAR)`;
  }
}

function decodedCell(text: string, type: ColumnType): ColumnValue {
  switch (type.family) {
    case 'integer':
      return type.bytes === 8 ? BigInt(text) : Number(text);
    case 'bit':
      return BigInt(text);
    case 'year':
      return Number(text);
    case 'float':
      return type.bytes === 4 ? Math.fround(Number(text)) : Number(text);
    case 'string':
    case 'enum':
    case 'set':
      return Buffer.from(text, 'hex').toString('utf8');
    case 'binary':
      return Buffer.from(text, 'hex');
    case 'vector':
      return floats(Buffer.from(text, 'hex'));
    case 'geometry': {
      const [srid = '0', wkb = ''] = text.split(':');
      return { srid: Number(srid), wkb: Buffer.from(wkb, 'hex') };
    }
    default:
      return text;
  }
}

function floats(stored: Buffer): Float32Array {
  return Float32Array.from({ length: stored.length / 4 }, (_, i) => stored.readFloatLE(i * 4));
}
