import type { CaptureFilter } from '../change/capture-filter.ts';
import { queryRows, type SqlConnection } from './sql.ts';

/** A table that is on the server. */
export interface ListedTable {
  readonly database: string;
  readonly table: string;
  /** The storage engine's estimate; null when it has none. */
  readonly rowsEstimated: number | null;
}

/** Every base table that the user may see and the filter captures, by name. */
export async function listCapturedTables(
  connection: SqlConnection,
  filter: CaptureFilter,
): Promise<ListedTable[]> {
  const rows = await queryRows(
    connection,
    `SELECT TABLE_SCHEMA AS db, TABLE_NAME AS tbl, CAST(TABLE_ROWS AS CHAR) AS estimate FROM information_schema.TABLES
     WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')
     ORDER BY TABLE_SCHEMA, TABLE_NAME`,
  );
  return rows
    .map((row) => {
      const estimate = row.get('estimate');
      return {
        database: String(row.get('db')),
        table: String(row.get('tbl')),
        rowsEstimated: estimate === null || estimate === undefined ? null : Number(estimate),
      };
    })
    .filter(({ database, table }) => filter.table(database, table));
}
