import type { Flavor } from '@sealane/contracts/connection';
import type { SourceSession } from './source-connection.ts';

/** What a server says about itself. Names of variables in lower case; one that it does not have is absent. */
export interface ServerSettings {
  flavor: Flavor;
  version: string;
  variables: ReadonlyMap<string, string>;
  /** `SHOW GRANTS` of the connected user, in upper case. */
  grants: readonly string[];
}

const VARIABLES = [
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
  };
}
