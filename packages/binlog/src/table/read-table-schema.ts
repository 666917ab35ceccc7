import { SealaneError } from '@sealane/errors/sealane-error';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { type ColumnRow, columnTypeOf } from './column-type-text.ts';
import { type IndexRow, keyOfIndexes } from './table-key.ts';
import type { TableColumn, TableSchema } from './table-schema.ts';

const COLUMNS_SQL = `SELECT COLUMN_NAME AS name, DATA_TYPE AS dataType, COLUMN_TYPE AS columnType,
  CHARACTER_SET_NAME AS charset, NUMERIC_PRECISION AS numericPrecision, NUMERIC_SCALE AS numericScale,
  DATETIME_PRECISION AS fsp, CHARACTER_MAXIMUM_LENGTH AS characters, CHARACTER_OCTET_LENGTH AS bytes,
  IS_NULLABLE AS nullable, EXTRA AS extra
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION`;

type SchemaRow = RowDataPacket & {
  name: string;
  dataType: string;
  columnType: string;
  charset: string | null;
  numericPrecision: number | string | null;
  numericScale: number | string | null;
  fsp: number | string | null;
  characters: number | string | null;
  bytes: number | string | null;
  nullable: string;
  extra: string;
};

/** Reads a table's schema from information_schema as it is now, or null when there is no such table (or no right to see it). */
export async function readTableSchema(
  connection: Connection,
  name: { database: string; table: string },
): Promise<TableSchema | null> {
  const parameters = [name.database, name.table];
  const [rows] = await connection.query<SchemaRow[]>(COLUMNS_SQL, parameters);
  if (rows.length === 0) return null;
  const primaryKey = await readKey(connection, name);
  const columns = rows.map((row, ordinal) => toColumn(row, { ordinal, primaryKey, name }));
  return { ...name, columns, primaryKey };
}

async function readKey(
  connection: Connection,
  { database, table }: { database: string; table: string },
): Promise<readonly string[]> {
  // The driver's own `??` takes a dot within a name for one between names.
  const [rows] = await connection.query<(RowDataPacket & IndexRow)[]>(
    `SHOW INDEX FROM ${quoted(database)}.${quoted(table)}`,
  );
  return keyOfIndexes(rows);
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function toColumn(
  row: SchemaRow,
  place: { ordinal: number; primaryKey: readonly string[]; name: { database: string; table: string } },
): TableColumn {
  const type = columnTypeOf(columnRow(row));
  if (type === null) throw unknownType(row, place.name);
  const position = place.primaryKey.indexOf(row.name);
  return {
    name: row.name,
    ordinal: place.ordinal,
    type,
    nullable: row.nullable === 'YES',
    primaryKeyPosition: position === -1 ? null : position,
    visible: !/\bINVISIBLE\b/i.test(row.extra),
  };
}

function columnRow(row: SchemaRow): ColumnRow {
  const number = (value: number | string | null): number | null => (value === null ? null : Number(value));
  return {
    dataType: row.dataType.toLowerCase(),
    columnType: row.columnType,
    charset: row.charset,
    precision: number(row.numericPrecision),
    scale: number(row.numericScale),
    fsp: number(row.fsp),
    characters: number(row.characters),
    bytes: number(row.bytes),
  };
}

function unknownType(row: SchemaRow, name: { database: string; table: string }): SealaneError {
  return new SealaneError({
    code: 'COLUMN_TYPE_UNSUPPORTED',
    message: `A column of ${name.database}.${name.table} has a type that Sealane does not know.`,
    why: `Column ${row.name} is ${row.columnType}.`,
    remedy: 'Change the type of the column, or exclude the table from capture.',
    details: { column: row.name, type: row.columnType },
  });
}
