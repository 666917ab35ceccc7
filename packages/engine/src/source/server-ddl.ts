import type { SchemaDump } from '../change/schema-dump.ts';
import { queryRows, quoteTable, type SqlConnection } from './sql.ts';

/** What a dump is to hold. */
export interface DumpScope {
  database(database: string): boolean;
  table(database: string, table: string): boolean;
}

/** Reads the DDL of databases and tables as it is now, by name. Views and sequences are left out. */
export async function readSchemaDump(connection: SqlConnection, scope: DumpScope): Promise<SchemaDump> {
  const [server] = await queryRows(
    connection,
    'SELECT @@character_set_server AS charset, @@collation_server AS collation',
  );
  const databases = await queryRows(
    connection,
    `SELECT SCHEMA_NAME AS name, DEFAULT_CHARACTER_SET_NAME AS charset, DEFAULT_COLLATION_NAME AS collation
     FROM information_schema.SCHEMATA ORDER BY SCHEMA_NAME`,
  );
  const tables = await queryRows(
    connection,
    `SELECT TABLE_SCHEMA AS db, TABLE_NAME AS tbl FROM information_schema.TABLES
     WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY TABLE_SCHEMA, TABLE_NAME`,
  );
  const wanted = tables
    .map((row) => ({ database: String(row.get('db')), table: String(row.get('tbl')) }))
    .filter(({ database, table }) => scope.table(database, table));
  const created = [];
  for (const name of wanted) {
    const createSql = await showCreateTable(connection, name);
    if (createSql !== null) created.push({ ...name, createSql });
  }
  return {
    charset: String(server?.get('charset')),
    collation: String(server?.get('collation')),
    databases: databases
      .map((row) => ({
        database: String(row.get('name')),
        charset: String(row.get('charset')),
        collation: String(row.get('collation')),
      }))
      .filter(({ database }) => scope.database(database)),
    tables: created,
  };
}

/** The DDL of a table, or null when it is gone, or no table. */
export async function showCreateTable(
  connection: SqlConnection,
  { database, table }: { database: string; table: string },
): Promise<string | null> {
  const [row] = await queryRows(connection, `SHOW CREATE TABLE ${quoteTable(database, table)}`);
  const sql = row?.get('Create Table');
  return typeof sql === 'string' ? sql : null;
}
