import type { connectMysql } from '@sealane/binlog/session/connect';

/** A connection to the source for ordinary statements. */
export type SqlConnection = Awaited<ReturnType<typeof connectMysql>>;

/** A name as SQL: in backticks, a backtick doubled, so that no name is ever read as anything else. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** `database`.`table`, quoted. */
export function quoteTable(database: string, table: string): string {
  return `${quoteName(database)}.${quoteName(table)}`;
}

/** The rows of a statement with values bound by the driver; every cell as the driver gives it. */
export async function queryRows(
  connection: SqlConnection,
  sql: string,
  values: readonly (string | number)[] = [],
): Promise<ReadonlyMap<string, unknown>[]> {
  const [rows] = await connection.query(sql, [...values]);
  if (!Array.isArray(rows)) return [];
  return rows.map((row) => new Map(Object.entries(row)));
}

/** The number that a mysql2 error carries, or null for anything else. Names are unreliable: they are MySQL's, also on MariaDB. */
export function errorNumber(thrown: unknown): number | null {
  if (typeof thrown !== 'object' || thrown === null || !('errno' in thrown)) return null;
  return typeof thrown.errno === 'number' ? thrown.errno : null;
}
