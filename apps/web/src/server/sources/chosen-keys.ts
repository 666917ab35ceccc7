import type { SourceTable } from '@sealane/contracts/api/sources';
import { compileMessageKeyColumns, type NamedColumns } from '@sealane/contracts/message-keys';
import type { SourceSession } from './source-connection.ts';

/** The columns of every table, in their order. */
export async function readColumnNames(session: SourceSession): Promise<NamedColumns[]> {
  const rows = await session.rows(
    `SELECT TABLE_SCHEMA AS db, TABLE_NAME AS tbl, COLUMN_NAME AS col FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')
     ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION`,
  );
  const tables = new Map<string, { database: string; table: string; columns: string[] }>();
  for (const { db, tbl, col } of rows) {
    const name = `${db}\u0000${tbl}`;
    const known = tables.get(name) ?? { database: db ?? '', table: tbl ?? '', columns: [] };
    known.columns.push(col ?? '');
    tables.set(name, known);
  }
  return [...tables.values()];
}

/** The tables as their records are keyed under `message.key.columns`; `named` has their columns. */
export function withChosenKeys(
  tables: readonly SourceTable[],
  { entries, named }: { entries: readonly string[]; named: readonly NamedColumns[] },
): SourceTable[] {
  const chosen = compileMessageKeyColumns(entries);
  const keys = new Map(named.map((table) => [`${table.database}\u0000${table.table}`, chosen(table)]));
  return tables.map((table) => {
    const key = keys.get(`${table.database}\u0000${table.table}`) ?? null;
    return key === null ? table : { ...table, recordKey: [...key] };
  });
}
