import type { SourceCheck } from '@sealane/contracts/api/sources';
import { grantsCheck } from './grants-check.ts';
import type { ServerSettings } from './server-settings.ts';

const WANTED_RETENTION_SECONDS = 24 * 3600;

/** Every preflight check, each with what was measured. Pure: it judges what was read. */
export function runPreflightChecks(settings: ServerSettings, user: string): SourceCheck[] {
  return [
    binlogCheck(settings),
    formatCheck(settings),
    rowImageCheck(settings),
    rowMetadataCheck(settings),
    partialJsonCheck(settings),
    settings.flavor === 'mariadb' ? gtidStrictCheck(settings) : gtidModeCheck(settings),
    serverIdCheck(settings),
    replicaUpdatesCheck(settings),
    filterCheck(settings),
    retentionCheck(settings),
    compressionCheck(settings),
    grantsCheck(settings, user),
  ];
}

type Judged = Pick<SourceCheck, 'verdict' | 'remedy'>;
const pass: Judged = { verdict: 'pass', remedy: null };
const fail = (remedy: string): Judged => ({ verdict: 'fail', remedy });
const warn = (remedy: string): Judged => ({ verdict: 'warn', remedy });
const unknown: Judged = { verdict: 'unknown', remedy: null };

function binlogCheck({ variables }: ServerSettings): SourceCheck {
  const measured = variables.get('log_bin') ?? null;
  return {
    id: 'log_bin',
    title: 'Binary log',
    measured,
    wanted: 'ON',
    why: 'The binary log is what is streamed; without it there is nothing to read.',
    ...(measured === 'ON' || measured === '1'
      ? pass
      : fail('# my.cnf, then restart the server\n[mysqld]\nlog_bin\nserver_id = 1')),
  };
}

function formatCheck({ variables }: ServerSettings): SourceCheck {
  const measured = variables.get('binlog_format') ?? null;
  return {
    id: 'binlog_format',
    title: 'Binary log format',
    measured,
    wanted: 'ROW',
    why: 'Only row events carry the values of changed rows; STATEMENT carries SQL text.',
    ...(measured === 'ROW'
      ? pass
      : fail("SET GLOBAL binlog_format = 'ROW'; -- and in my.cnf; then reconnect the applications")),
  };
}

function rowImageCheck({ variables }: ServerSettings): SourceCheck {
  const measured = variables.get('binlog_row_image') ?? null;
  return {
    id: 'binlog_row_image',
    title: 'Row image',
    measured,
    wanted: 'FULL',
    why: 'Other images leave columns out of before and after; under NOBLOB a placeholder stands for unchanged BLOB and TEXT values.',
    ...(measured === 'FULL'
      ? pass
      : (measured === 'NOBLOB' ? warn : fail)(
          "SET GLOBAL binlog_row_image = 'FULL'; -- and in my.cnf; then reconnect the applications",
        )),
  };
}

function rowMetadataCheck({ variables }: ServerSettings): SourceCheck {
  const measured = variables.get('binlog_row_metadata') ?? null;
  return {
    id: 'binlog_row_metadata',
    title: 'Row metadata',
    measured,
    wanted: 'FULL',
    why: 'With FULL each event says its own column names and types, so that a schema change never confuses the stream.',
    ...(measured === 'FULL' ? pass : warn("SET GLOBAL binlog_row_metadata = 'FULL'; -- and in my.cnf")),
  };
}

/** Differences are to the document in the before image, which MINIMAL leaves out. */
function partialJsonCheck({ variables }: ServerSettings): SourceCheck {
  const measured = variables.get('binlog_row_value_options') ?? '';
  const hasDocuments = ['FULL', 'NOBLOB'].includes(variables.get('binlog_row_image') ?? '');
  return {
    id: 'binlog_row_value_options',
    title: 'JSON values',
    measured,
    wanted: 'empty, or PARTIAL_JSON with full row images',
    why: 'PARTIAL_JSON writes JSON columns as differences to the row before, which must be in the binlog with them.',
    ...(measured.includes('PARTIAL_JSON') && !hasDocuments
      ? fail("SET GLOBAL binlog_row_image = 'FULL'; -- and in my.cnf; then reconnect the applications")
      : pass),
  };
}

function gtidModeCheck({ variables }: ServerSettings): SourceCheck {
  const measured = variables.get('gtid_mode') ?? null;
  return {
    id: 'gtid_mode',
    title: 'GTID mode',
    measured,
    wanted: 'ON',
    why: 'GTIDs let a pipeline go on at a replica after a failover; file positions hold on one server only.',
    ...(measured === 'ON' ? pass : warn('# my.cnf\ngtid_mode = ON\nenforce_gtid_consistency = ON')),
  };
}

function gtidStrictCheck({ variables }: ServerSettings): SourceCheck {
  const measured = variables.get('gtid_strict_mode') ?? null;
  return {
    id: 'gtid_strict_mode',
    title: 'GTID strict mode',
    measured,
    wanted: 'ON',
    why: 'Strict mode keeps GTIDs in order, so that a position means the same on every replica.',
    ...(measured === 'ON' || measured === '1'
      ? pass
      : warn('SET GLOBAL gtid_strict_mode = ON; -- and in my.cnf')),
  };
}

function serverIdCheck({ variables }: ServerSettings): SourceCheck {
  const measured = variables.get('server_id') ?? null;
  return {
    id: 'server_id',
    title: 'Server id',
    measured,
    wanted: 'not 0',
    why: 'A server with id 0 refuses every replica, and a pipeline is one.',
    ...(measured === '0'
      ? fail('SET GLOBAL server_id = 1; -- and in my.cnf')
      : measured === null
        ? unknown
        : pass),
  };
}

function replicaUpdatesCheck({ variables, isReplica }: ServerSettings): SourceCheck {
  const name = variables.has('log_replica_updates') ? 'log_replica_updates' : 'log_slave_updates';
  const measured = variables.get(name) ?? null;
  const isOff = measured === 'OFF' || measured === '0';
  const notTold =
    isOff && isReplica === null
      ? ' This user may not ask whether the server is one: that takes REPLICA MONITOR on MariaDB, REPLICATION CLIENT on MySQL.'
      : '';
  return {
    id: 'replica_updates',
    title: 'Replicated changes in the binary log',
    measured: isReplica === false ? 'not a replica' : measured,
    wanted: 'ON, on a replica',
    why: `A replica that does not log what it replicates has no row of it to capture.${notTold}`,
    ...(isOff && isReplica === true
      ? warn(`# my.cnf, then restart the server\n[mysqld]\n${name} = ON`)
      : isOff && isReplica === null
        ? unknown
        : pass),
  };
}

function filterCheck({ logged }: ServerSettings): SourceCheck {
  const filters = logged === null ? [] : [logged.only, logged.except];
  const isFiltered = filters.some((list) => list !== '');
  return {
    id: 'binlog_filters',
    title: 'Databases in the binary log',
    measured:
      logged === null
        ? null
        : logged.only !== ''
          ? `only ${logged.only}`
          : isFiltered
            ? `not ${logged.except}`
            : 'all',
    wanted: 'all',
    why: 'Changes of a database that binlog_do_db or binlog_ignore_db leaves out are never logged.',
    ...(logged === null
      ? unknown
      : isFiltered
        ? warn('# my.cnf: remove these, then restart the server\n# binlog_do_db\n# binlog_ignore_db')
        : pass),
  };
}

/** MySQL 8 and MariaDB 10.6 count seconds; before, and beside it, days. 0 keeps for ever. */
function retentionCheck({ variables }: ServerSettings): SourceCheck {
  const seconds = Number(variables.get('binlog_expire_logs_seconds') ?? Number.NaN);
  const days = Number(variables.get('expire_logs_days') ?? Number.NaN);
  const kept =
    seconds > 0 ? seconds : days > 0 ? days * 86_400 : Number.isNaN(seconds) && Number.isNaN(days) ? null : 0;
  const enough =
    kept === 0 ||
    variables.get('binlog_expire_logs_auto_purge') === 'OFF' ||
    (kept !== null && kept >= WANTED_RETENTION_SECONDS);
  return {
    id: 'binlog_retention',
    title: 'Binary log retention',
    measured: kept === null ? null : kept === 0 ? 'kept for ever' : `${kept} s`,
    wanted: `at least ${WANTED_RETENTION_SECONDS} s`,
    why: 'A pipeline that was down for longer than logs are kept must take a new snapshot.',
    ...(kept === null
      ? unknown
      : enough
        ? pass
        : warn('SET GLOBAL binlog_expire_logs_seconds = 259200; -- and in my.cnf')),
  };
}

function compressionCheck({ variables }: ServerSettings): SourceCheck {
  const name = variables.has('log_bin_compress') ? 'log_bin_compress' : 'binlog_transaction_compression';
  return {
    id: 'binlog_compression',
    title: 'Binary log compression',
    measured: variables.get(name) ?? 'not there',
    wanted: 'ON or OFF',
    why: 'Both are read; compression saves the network and costs the pipeline some CPU.',
    ...pass,
  };
}
