import type { Flavor } from '@sealane/contracts/connection';
import type { SourceSession } from './source-connection.ts';

/** What a server says about itself. Names of variables in lower case; one that it does not have is absent. */
export interface ServerSettings {
  flavor: Flavor;
  version: string;
  variables: ReadonlyMap<string, string>;
  /** `SHOW GRANTS` of the connected user, in upper case. */
  grants: readonly string[];
  /** Set up as a replica, whether it runs or not; null: the user may not ask. */
  isReplica: boolean | null;
  /** Databases that `binlog_do_db` and `binlog_ignore_db` name, with commas; null: the user may not ask. */
  logged: { only: string; except: string } | null;
}

const VARIABLES = [
  'binlog_expire_logs_auto_purge',
  'binlog_expire_logs_seconds',
  'binlog_format',
  'binlog_row_image',
  'binlog_row_metadata',
  'binlog_row_value_options',
  'binlog_transaction_compression',
  'enforce_gtid_consistency',
  'expire_logs_days',
  'gtid_mode',
  'gtid_strict_mode',
  'log_bin',
  'log_bin_compress',
  'log_replica_updates',
  'log_slave_updates',
  'server_id',
  'version_comment',
] as const;

/** Reads everything that the checks judge. Throws what the source connection throws. */
export async function readServerSettings(session: SourceSession): Promise<ServerSettings> {
  const [banner] = await session.rows('SELECT VERSION() AS version');
  const version = banner?.version ?? '';
  const listed = VARIABLES.map((name) => `'${name}'`).join(', ');
  const rows = await session.rows(`SHOW GLOBAL VARIABLES WHERE Variable_name IN (${listed})`);
  const variables = new Map(rows.map((row) => [(row.Variable_name ?? '').toLowerCase(), row.Value ?? '']));
  const grants = await session.rows('SHOW GRANTS');
  const isMariadb = /mariadb/i.test(`${version} ${variables.get('version_comment') ?? ''}`);
  return {
    flavor: isMariadb ? 'mariadb' : 'mysql',
    version,
    variables,
    grants: grants.map((row) => (Object.values(row)[0] ?? '').toUpperCase()),
    isReplica: await readIsReplica(session, isMariadb),
    logged: await readLogged(session, isMariadb),
  };
}

async function readIsReplica(session: SourceSession, isMariadb: boolean): Promise<boolean | null> {
  const statements = isMariadb ? ['SHOW ALL SLAVES STATUS'] : ['SHOW REPLICA STATUS', 'SHOW SLAVE STATUS'];
  const rows = await firstAnswer(session, statements);
  return rows === null ? null : rows.length > 0;
}

async function readLogged(session: SourceSession, isMariadb: boolean): Promise<ServerSettings['logged']> {
  // SHOW MASTER STATUS is gone from MySQL 8.4.
  const statements = isMariadb ? ['SHOW MASTER STATUS'] : ['SHOW BINARY LOG STATUS', 'SHOW MASTER STATUS'];
  const rows = await firstAnswer(session, statements);
  const status = rows?.[0];
  if (rows === null || status === undefined) return null;
  return { only: status.Binlog_Do_DB ?? '', except: status.Binlog_Ignore_DB ?? '' };
}

/** ER_PARSE_ERROR: the server does not know the statement. ER_SPECIFIC_ACCESS_DENIED_ERROR: the user may not ask. */
const NO_ANSWER: readonly unknown[] = [1064, 1227];

/** What the first statement answers that the server knows and the user may ask; null for none. */
async function firstAnswer(session: SourceSession, statements: readonly string[]) {
  for (const statement of statements) {
    try {
      return await session.rows(statement);
    } catch (thrown) {
      const errno = thrown instanceof Error && 'errno' in thrown ? thrown.errno : null;
      if (!NO_ANSWER.includes(errno)) throw thrown;
    }
  }
  return null;
}
