import { firstAnswer } from '@sealane/binlog/session/first-answer';
import { isReplica } from '@sealane/binlog/session/is-replicating';
import type { ServerInfo } from '@sealane/binlog/session/server-info';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import type { ListedTable } from '../list-tables.ts';
import { queryRows, type SqlConnection } from '../sql.ts';
import { type PreflightIssue, warning } from './preflight-issue.ts';

export interface BinlogGapOptions {
  connection: SqlConnection;
  server: ServerInfo;
  config: PipelineConfig;
  /** The captured ones. */
  tables: readonly ListedTable[];
}

const DAY_SECONDS = 86_400;
const VARIABLES = [
  'log_slave_updates',
  'log_replica_updates',
  'binlog_expire_logs_seconds',
  'binlog_expire_logs_auto_purge',
  'expire_logs_days',
];

/** Settings by which changes are missing from the binlog, or are gone from it early, while all looks well. */
export async function binlogGapIssues(options: BinlogGapOptions): Promise<PreflightIssue[]> {
  const { connection, server } = options;
  if (!server.logBin) return [];
  const rows = await queryRows(
    connection,
    `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${VARIABLES.map((name) => `'${name}'`).join(', ')})`,
  );
  const variables = new Map(
    rows.map((row) => [String(row.get('Variable_name')).toLowerCase(), String(row.get('Value'))]),
  );
  return [
    ...(await replicaIssues(options, variables)),
    ...(await filterIssues(options)),
    ...retentionIssues(server, variables),
    ...gtidIssues(options),
  ];
}

type Variables = ReadonlyMap<string, string>;

async function replicaIssues(
  { connection, server }: BinlogGapOptions,
  variables: Variables,
): Promise<PreflightIssue[]> {
  const name = variables.has('log_replica_updates') ? 'log_replica_updates' : 'log_slave_updates';
  if (variables.get(name) !== 'OFF' || !(await isReplica(connection, server))) return [];
  return [
    warning('REPLICA_UPDATES_NOT_LOGGED', `The source is a replica and ${name} is OFF.`, {
      why: 'What it replicates is not in its own binlog: those rows are never captured.',
      remedy: `Add \`${name} = ON\` to the [mysqld] section of my.cnf and restart the server, or capture from its primary.`,
    }),
  ];
}

async function filterIssues({ connection, tables }: BinlogGapOptions): Promise<PreflightIssue[]> {
  const status = await binlogStatus(connection);
  const [only, ignored] = [listed(status?.get('Binlog_Do_DB')), listed(status?.get('Binlog_Ignore_DB'))];
  if (only.length + ignored.length === 0) return [];
  const isLogged = (database: string): boolean =>
    only.length > 0 ? only.includes(database) : !ignored.includes(database);
  const missing = new Set(tables.map(({ database }) => database).filter((database) => !isLogged(database)));
  const filter =
    only.length > 0 ? `binlog_do_db = ${only.join(', ')}` : `binlog_ignore_db = ${ignored.join(', ')}`;
  return [
    warning('BINLOG_FILTERED', `The source leaves databases out of its binlog: ${filter}.`, {
      why:
        missing.size > 0
          ? `Changes of ${[...missing].join(', ')} are captured by this pipeline and never logged.`
          : 'What is captured now is logged; a database that comes later may not be.',
      remedy: 'Remove binlog_do_db and binlog_ignore_db from my.cnf and restart the server.',
    }),
  ];
}

/** `SHOW MASTER STATUS` is gone from MySQL 8.4. Null: the user may not ask, which another check tells. */
async function binlogStatus(connection: SqlConnection): Promise<ReadonlyMap<string, unknown> | null> {
  const statements = ['SHOW BINARY LOG STATUS', 'SHOW MASTER STATUS'];
  const rows = await firstAnswer(statements, (sql) => queryRows(connection, sql));
  return rows?.[0] ?? null;
}

function listed(value: unknown): string[] {
  return String(value ?? '')
    .split(',')
    .filter((name) => name !== '');
}

/** 0 keeps for ever. MariaDB and MySQL 8 count seconds; before, and beside it, days. */
function retentionIssues({ flavor }: ServerInfo, variables: Variables): PreflightIssue[] {
  const seconds = Number(variables.get('binlog_expire_logs_seconds') ?? 0);
  const days = Number(variables.get('expire_logs_days') ?? 0);
  const kept = seconds > 0 ? seconds : days * DAY_SECONDS;
  if (kept === 0 || kept >= DAY_SECONDS || variables.get('binlog_expire_logs_auto_purge') === 'OFF')
    return [];
  return [
    warning('BINLOG_RETENTION_SHORT', `Binlog files are deleted after ${kept} seconds, less than a day.`, {
      why: `A pipeline that was stopped for longer must take a new snapshot (${flavor === 'mysql' ? 'binlog_expire_logs_seconds' : 'binlog_expire_logs_seconds, expire_logs_days'}).`,
      remedy: 'SET GLOBAL binlog_expire_logs_seconds = 259200; and the same line in my.cnf.',
    }),
  ];
}

function gtidIssues({ server, config }: BinlogGapOptions): PreflightIssue[] {
  const wanted = config.gtidSourceIncludes.length + config.gtidSourceExcludes.length > 0;
  if (server.gtidEnabled || !wanted) return [];
  return [
    warning(
      'GTID_MODE_OFF',
      `gtid_mode is ${server.gtidMode ?? 'not there'}, but the pipeline names GTID sources.`,
      {
        why: 'Without GTIDs gtid.source.includes and gtid.source.excludes leave nothing out, and the stream holds on to this one server.',
        remedy:
          'Switch gtid_mode step by step to ON (OFF_PERMISSIVE, ON_PERMISSIVE, ON) with enforce_gtid_consistency = ON, also in my.cnf.',
      },
    ),
  ];
}
