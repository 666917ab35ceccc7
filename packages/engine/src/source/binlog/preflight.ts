import type { ServerInfo } from '@sealane/binlog/session/server-info';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import type { FieldIssue } from '@sealane/errors/sealane-error';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { CaptureFilter } from '../../change/capture-filter.ts';
import { type ListedTable, listCapturedTables } from '../list-tables.ts';
import { queryRows, type SqlConnection } from '../sql.ts';
import { binlogGapIssues } from './binlog-gaps.ts';
import { error, type PreflightIssue, warning } from './preflight-issue.ts';
import { unloggedColumnIssues } from './unlogged-columns.ts';

export interface PreflightOptions {
  connection: SqlConnection;
  server: ServerInfo;
  config: PipelineConfig;
  filter: CaptureFilter;
  /** The replica id that the pipeline will use. */
  serverId: number;
  user: string;
}

/** What a source is good for. */
export interface PreflightResult {
  readonly issues: readonly PreflightIssue[];
  readonly tables: readonly ListedTable[];
}

/** Checks everything that can be known before the stream opens. Reads only; throws only when a statement fails. */
export async function preflightSource(options: PreflightOptions): Promise<PreflightResult> {
  const tables = await listCapturedTables(options.connection, options.filter);
  const issues = [
    ...settingIssues(options.server),
    ...(await binlogGapIssues({ ...options, tables })),
    ...(await unloggedColumnIssues(options)),
    ...(await queryIssues(options)),
    ...serverIdIssues(options),
    ...(await grantIssues(options)),
    ...tableIssues(options.config, { tables, databases: await listDatabases(options.connection) }),
  ];
  return { issues, tables };
}

/**
 * The first error as an exception, the others in its text; null when there is none. `retriable` when the pipeline has run
 * before: then it was the source that changed, and it may change back.
 */
export function preflightError(issues: readonly PreflightIssue[], retriable: boolean): SealaneError | null {
  const errors = issues.filter((issue) => issue.severity === 'error');
  const [first, ...others] = errors;
  if (first === undefined) return null;
  const also = others.length === 0 ? '' : ` Also: ${others.map((issue) => issue.message).join(' ')}`;
  return new SealaneError({
    ...first,
    why: `${first.why}${also}`,
    retriable,
    fields: errors.flatMap((issue) => issue.fields),
  });
}

function settingIssues(server: ServerInfo): PreflightIssue[] {
  const issues: PreflightIssue[] = [];
  if (!server.logBin) {
    return [
      error('BINLOG_DISABLED', 'The source writes no binlog.', {
        why: 'log_bin is OFF, so there is nothing to stream.',
        remedy: 'Add `log_bin` and `server_id=1` to the [mysqld] section of my.cnf and restart the server.',
      }),
    ];
  }
  if (server.binlogFormat !== 'ROW') {
    issues.push(
      error('BINLOG_FORMAT_NOT_ROW', `binlog_format is ${server.binlogFormat}; it must be ROW.`, {
        why: 'Only row events carry the values of changed rows.',
        remedy:
          "SET GLOBAL binlog_format = 'ROW'; and the same line in my.cnf; then reconnect the applications.",
      }),
    );
  }
  if (server.binlogRowImage === 'NOBLOB') {
    issues.push(
      warning('BINLOG_ROW_IMAGE_NOT_FULL', 'binlog_row_image is NOBLOB.', {
        why: 'BLOB and TEXT values that a statement does not change are left out of its rows: unavailable.value.placeholder stands for them.',
        remedy: "SET GLOBAL binlog_row_image = 'FULL'; and the same line in my.cnf.",
      }),
    );
  } else if (server.binlogRowImage !== 'FULL') {
    issues.push(
      error('BINLOG_ROW_IMAGE_NOT_FULL', `binlog_row_image is ${server.binlogRowImage}; it must be FULL.`, {
        why: 'Other images leave columns out of before and after.',
        remedy:
          "SET GLOBAL binlog_row_image = 'FULL'; and the same line in my.cnf; then reconnect the applications.",
      }),
    );
  }
  if (server.binlogRowMetadata !== 'FULL') {
    issues.push(
      warning(
        'BINLOG_ROW_METADATA_MINIMAL',
        `binlog_row_metadata is ${server.binlogRowMetadata ?? 'not there'}.`,
        {
          why: 'Schemas are then read from the server and checked; after an ALTER TABLE while the pipeline lags, it stops.',
          remedy: "SET GLOBAL binlog_row_metadata = 'FULL'; and the same line in my.cnf.",
        },
      ),
    );
  }
  return issues;
}

async function queryIssues({ connection, config, server }: PreflightOptions): Promise<PreflightIssue[]> {
  if (!config.includeQuery) return [];
  const name = server.flavor === 'mariadb' ? 'binlog_annotate_row_events' : 'binlog_rows_query_log_events';
  const [row] = await queryRows(connection, `SHOW GLOBAL VARIABLES LIKE '${name}'`);
  if (String(row?.get('Value') ?? '') === 'ON') return [];
  return [
    warning('BINLOG_WITHOUT_STATEMENTS', `${name} is OFF, so source.query stays empty.`, {
      why: 'include.query shows the statements that the source writes into its binlog; it writes none.',
      remedy: `SET GLOBAL ${name} = ON; and the same line in my.cnf; then reconnect the applications.`,
    }),
  ];
}

function serverIdIssues({ server, serverId }: PreflightOptions): PreflightIssue[] {
  if (server.serverId === 0) {
    return [
      error('SOURCE_SERVER_ID_ZERO', 'The source has server_id 0.', {
        why: 'A server with id 0 refuses every replica, and a pipeline is one.',
        remedy: 'SET GLOBAL server_id = 1; and the same line in my.cnf.',
      }),
    ];
  }
  if (server.serverId !== serverId) return [];
  return [
    error('DUPLICATE_SERVER_ID', `Server id ${serverId} is the source's own.`, {
      why: 'A replica needs an id that no server and no other replica has.',
      remedy: 'Choose another server id for the pipeline, or leave it empty.',
      fields: [{ path: 'config.serverId', message: `${serverId} is the id of the source itself` }],
    }),
  ];
}

/** Grants through roles are not listed with the user's own, so a user with roles is left to the server's verdict. */
async function grantIssues({ connection, server, user }: PreflightOptions): Promise<PreflightIssue[]> {
  const rows = await queryRows(connection, 'SHOW GRANTS');
  const grants = rows.map((row) => String([...row.values()][0] ?? '').toUpperCase());
  const hasRoles = grants.some((grant) => /^GRANT\s+\S+\s+TO\b/.test(grant));
  const global = grants.filter((grant) => / ON \*\.\* /.test(grant)).join('\n');
  if (hasRoles || /\bALL PRIVILEGES\b/.test(global)) return [];
  const missing = [];
  if (!/\bREPLICATION (?:SLAVE|REPLICA)\b(?! ADMIN)/.test(global)) missing.push('REPLICATION SLAVE');
  const position = /\b(?:REPLICATION CLIENT|BINLOG MONITOR|SUPER)\b/;
  if (!position.test(global)) {
    missing.push(server.flavor === 'mariadb' ? 'BINLOG MONITOR' : 'REPLICATION CLIENT');
  }
  if (missing.length === 0) return [];
  return [
    error('SOURCE_MISSING_GRANT', `The capture user lacks ${missing.join(' and ')}.`, {
      why: `SHOW GRANTS of ${user} does not list it; without it the binlog cannot be read.`,
      remedy: `GRANT ${missing.join(', ')} ON *.* TO '${user.replaceAll("'", "''")}'@'%';`,
      fields: [{ path: 'source.user', message: `Lacks ${missing.join(', ')}` }],
    }),
  ];
}

async function listDatabases(connection: SqlConnection): Promise<string[]> {
  const rows = await queryRows(connection, 'SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA');
  return rows.map((row) => String(row.get('name')));
}

function tableIssues(
  config: PipelineConfig,
  { tables, databases }: { tables: readonly ListedTable[]; databases: readonly string[] },
): PreflightIssue[] {
  const names = tables.map(({ database, table }) => `${database}.${table}`);
  const fields = [
    ...unmatched(config.tableIncludeList, { path: 'config.tableIncludeList', names }),
    ...unmatched(config.databaseIncludeList, { path: 'config.databaseIncludeList', names: databases }),
  ];
  if (fields.length === 0) return [];
  return [
    error('TABLE_NOT_FOUND', 'The include list names tables that the source does not show.', {
      why: `${fields.map((field) => field.message).join('. ')}. Either they do not exist, or the capture user has no SELECT on them.`,
      remedy:
        'Correct the name (a dot in a regular expression is written \\.), create the table, or GRANT SELECT on it.',
      fields,
    }),
  ];
}

function unmatched(
  patterns: readonly string[],
  { path, names }: { path: string; names: readonly string[] },
): FieldIssue[] {
  return patterns.flatMap((pattern, index) => {
    const expression = new RegExp(`^(?:${pattern})$`, 'i');
    if (names.some((name) => expression.test(name))) return [];
    return [{ path: `${path}.${index}`, message: `Nothing on the source matches ${pattern}` }];
  });
}
