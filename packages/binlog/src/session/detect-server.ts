import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { ServerFlavor, ServerInfo } from './server-info.ts';

const CLOCK_SAMPLES = 5;

/** Variables that some version or flavour lacks; what is missing stays null. */
const VARIABLES = [
  'log_bin',
  'binlog_format',
  'binlog_row_image',
  'binlog_row_metadata',
  'binlog_checksum',
  'gtid_mode',
  'gtid_strict_mode',
  'gtid_executed',
  'gtid_binlog_pos',
  'gtid_purged',
  'gtid_binlog_state',
  'gtid_slave_pos',
  'server_id',
  'server_uuid',
  'log_bin_compress',
  'binlog_transaction_compression',
  'binlog_row_value_options',
] as const;

/** Reads flavour, version and binlog settings of a server and measures its clock. Needs no privilege. */
export async function detectServer(connection: Connection): Promise<ServerInfo> {
  const version = await readVersion(connection);
  const flavor: ServerFlavor = /mariadb/i.test(version) ? 'mariadb' : 'mysql';
  const variables = await readVariables(connection);
  const text = (name: (typeof VARIABLES)[number]): string | null => variables.get(name) ?? null;
  const isOn = (name: (typeof VARIABLES)[number]): boolean => ['ON', '1'].includes(text(name) ?? '');
  const gtidMode = flavor === 'mysql' ? text('gtid_mode') : null;
  const clock = await measureClock(connection);
  return {
    flavor,
    version,
    versionNumber: parseVersion(version),
    logBin: isOn('log_bin'),
    binlogFormat: text('binlog_format') ?? 'ROW',
    binlogRowImage: text('binlog_row_image') ?? 'FULL',
    binlogRowMetadata: text('binlog_row_metadata'),
    binlogChecksum: text('binlog_checksum') ?? 'NONE',
    gtidEnabled: flavor === 'mariadb' || gtidMode === 'ON',
    gtidMode,
    gtidStrictMode: flavor === 'mariadb' ? isOn('gtid_strict_mode') : null,
    gtidExecuted: (text(flavor === 'mariadb' ? 'gtid_binlog_pos' : 'gtid_executed') ?? '').replace(/\s/g, ''),
    gtidPurged: (text('gtid_purged') ?? '').replace(/\s/g, ''),
    gtidBinlogState: text('gtid_binlog_state') ?? '',
    gtidSlavePos: text('gtid_slave_pos') ?? '',
    serverId: Number(text('server_id') ?? 0),
    identity: (flavor === 'mysql' ? text('server_uuid') : null) ?? text('server_id') ?? '0',
    serverUuid: text('server_uuid'),
    binlogCompressed: isOn('log_bin_compress') || isOn('binlog_transaction_compression'),
    ...clock,
  };
}

async function readVersion(connection: Connection): Promise<string> {
  const [rows] = await connection.query<(RowDataPacket & { version: string })[]>(
    'SELECT VERSION() AS version',
  );
  return rows[0]?.version ?? '';
}

async function readVariables(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const [rows] = await connection.query<(RowDataPacket & { Variable_name: string; Value: string })[]>(
    'SHOW GLOBAL VARIABLES WHERE Variable_name IN (?)',
    [[...VARIABLES]],
  );
  return new Map(rows.map((row) => [row.Variable_name.toLowerCase(), row.Value]));
}

function parseVersion(version: string): ServerInfo['versionNumber'] {
  const [, major = '0', minor = '0', patch = '0'] = /(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return { major: Number(major), minor: Number(minor), patch: Number(patch) };
}

/** The sample with the shortest round trip bounds the offset best; the server's clock is taken to be read half-way. */
async function measureClock(
  connection: Connection,
): Promise<Pick<ServerInfo, 'clockOffsetUs' | 'clockErrorUs'>> {
  let best = { clockOffsetUs: 0, clockErrorUs: Number.POSITIVE_INFINITY };
  for (let i = 0; i < CLOCK_SAMPLES; i++) {
    const before = nowUs();
    const [rows] = await connection.query<(RowDataPacket & { now: string })[]>(
      "SELECT CAST(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) AS CHAR) AS now",
    );
    const after = nowUs();
    const errorUs = (after - before) / 2;
    if (errorUs < best.clockErrorUs) {
      best = {
        clockOffsetUs: Math.round(Number(rows[0]?.now ?? 0) - (before + after) / 2),
        clockErrorUs: Math.ceil(errorUs),
      };
    }
  }
  return best;
}

function nowUs(): number {
  return (performance.timeOrigin + performance.now()) * 1000;
}
