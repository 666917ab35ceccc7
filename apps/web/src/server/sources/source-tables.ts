import type { SourceTable } from '@sealane/contracts/api/sources';
import { readTableKeys } from './record-keys.ts';
import type { SourceSession } from './source-connection.ts';

const MOST_TABLES = 5000;
const SYSTEM_DATABASES = "('mysql', 'information_schema', 'performance_schema', 'sys')";

export interface TableQuery {
  /** Text that `database.table` must contain, letter case ignored. */
  q?: string | undefined;
  database?: string | undefined;
}

/** Base tables with size and keys; `truncated` when there are more than 5,000. */
export async function readSourceTables(
  session: SourceSession,
  query: TableQuery = {},
): Promise<{ tables: SourceTable[]; truncated: boolean }> {
  const conditions = [
    `t.TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')`,
    `t.TABLE_SCHEMA NOT IN ${SYSTEM_DATABASES}`,
  ];
  const values: string[] = [];
  if (query.database !== undefined) {
    conditions.push('t.TABLE_SCHEMA = ?');
    values.push(query.database);
  }
  if (query.q !== undefined) {
    conditions.push(`LOWER(CONCAT(t.TABLE_SCHEMA, '.', t.TABLE_NAME)) LIKE ?`);
    values.push(`%${query.q.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`);
  }
  const rows = await session.rows(
    `SELECT t.TABLE_SCHEMA AS db, t.TABLE_NAME AS tbl, t.TABLE_ROWS AS estimate, t.ENGINE AS engine,
       t.DATA_LENGTH + t.INDEX_LENGTH AS bytes
     FROM information_schema.TABLES t WHERE ${conditions.join(' AND ')}
     ORDER BY t.TABLE_SCHEMA, t.TABLE_NAME LIMIT ${MOST_TABLES + 1}`,
    values,
  );
  const columns = await readColumnCounts(session);
  const keys = await readTableKeys(session, `TABLE_SCHEMA NOT IN ${SYSTEM_DATABASES}`, tableName);
  const tables = rows.slice(0, MOST_TABLES).map((row) => {
    const name = tableName(row);
    return {
      database: row.db ?? '',
      table: row.tbl ?? '',
      rowsEstimated: numberOrNull(row.estimate),
      bytes: numberOrNull(row.bytes),
      columns: columns.get(name) ?? 0,
      primaryKey: keys.get(name)?.primaryKey ?? [],
      recordKey: keys.get(name)?.recordKey ?? [],
      engine: row.engine ?? null,
    };
  });
  return { tables, truncated: rows.length > MOST_TABLES };
}

async function readColumnCounts(session: SourceSession): Promise<Map<string, number>> {
  const rows = await session.rows(
    `SELECT TABLE_SCHEMA AS db, TABLE_NAME AS tbl, COUNT(*) AS n FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA NOT IN ${SYSTEM_DATABASES} GROUP BY TABLE_SCHEMA, TABLE_NAME`,
  );
  return new Map(rows.map((row) => [tableName(row), Number(row.n)]));
}

const tableName = (row: Record<string, string | null>) => `${row.db}\u0000${row.tbl}`;

function numberOrNull(text: string | null | undefined): number | null {
  return text == null ? null : Number(text);
}
