import type { ServerInfo } from '@sealane/binlog/session/server-info';
import type { CaptureFilter } from '../../change/capture-filter.ts';
import { queryRows, type SqlConnection } from '../sql.ts';
import { type PreflightIssue, warning } from './preflight-issue.ts';

export interface UnloggedColumnOptions {
  connection: SqlConnection;
  server: ServerInfo;
  filter: CaptureFilter;
}

const MOST_NAMED = 5;

/**
 * Captured columns that MariaDB after 11.4 leaves out of updated and deleted rows: generated ones, whatever
 * `binlog_row_image` says (measured on 11.8; 10.11 and 11.4 log them). The stream would stop at the first such row.
 */
export async function unloggedColumnIssues(options: UnloggedColumnOptions): Promise<PreflightIssue[]> {
  const { connection, server, filter } = options;
  const { major, minor } = server.versionNumber;
  if (server.flavor !== 'mariadb' || major < 11 || (major === 11 && minor <= 4)) return [];
  const rows = await queryRows(
    connection,
    `SELECT TABLE_SCHEMA AS db, TABLE_NAME AS tbl, COLUMN_NAME AS name FROM information_schema.COLUMNS
     WHERE EXTRA REGEXP '(VIRTUAL|STORED|PERSISTENT) GENERATED' ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION`,
  );
  const columns = rows
    .map((row) => [String(row.get('db')), String(row.get('tbl')), String(row.get('name'))] as const)
    .filter(([database, table, name]) => filter.column(database, table, name))
    .map((path) => path.join('.'));
  if (columns.length === 0) return [];
  const named = columns.slice(0, MOST_NAMED).join(', ');
  const more = columns.length > MOST_NAMED ? ` and ${columns.length - MOST_NAMED} more` : '';
  return [
    warning('GENERATED_COLUMNS_NOT_LOGGED', `Generated columns are captured: ${named}${more}.`, {
      why: `MariaDB ${major}.${minor} logs them with inserted rows only: the pipeline will stop at the first UPDATE or DELETE of their tables.`,
      remedy: `Add them to column.exclude.list, e.g. ${columns.slice(0, MOST_NAMED).map(asPattern).join(',')}.`,
    }),
  ];
}

/** A regular expression for exactly this name; a comma would end an entry of the list. */
function asPattern(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(',', '\\x2c');
}
