import { SealaneError } from '@sealane/errors/sealane-error';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { ServerInfo } from './server-info.ts';
import type { BinlogPosition } from './session-options.ts';

type StatusRow = RowDataPacket & { File: string; Position: number | string; Executed_Gtid_Set?: string };

/** Where the binlog ends now; file, position and GTIDs belong together. Needs REPLICATION CLIENT (MariaDB: BINLOG MONITOR). */
export async function readCurrentPosition(
  connection: Connection,
  server: Pick<ServerInfo, 'flavor' | 'versionNumber' | 'gtidEnabled'>,
): Promise<BinlogPosition> {
  const [rows] = await connection.query<StatusRow[]>(statusStatement(server));
  const status = rows[0];
  if (status === undefined) throw noBinlog();
  const position = Number(status.Position);
  const gtidSet = await gtidsAt(connection, { server, status, position });
  return { file: status.File, position, gtidSet };
}

/** `SHOW MASTER STATUS` is gone from MySQL 8.4. */
function statusStatement(server: Pick<ServerInfo, 'flavor' | 'versionNumber'>): string {
  const { major, minor } = server.versionNumber;
  const renamed = server.flavor === 'mysql' && (major > 8 || (major === 8 && minor >= 2));
  return renamed ? 'SHOW BINARY LOG STATUS' : 'SHOW MASTER STATUS';
}

async function gtidsAt(
  connection: Connection,
  place: { server: Pick<ServerInfo, 'flavor' | 'gtidEnabled'>; status: StatusRow; position: number },
): Promise<string | null> {
  const { server, status, position } = place;
  if (server.flavor === 'mysql') {
    return server.gtidEnabled ? (status.Executed_Gtid_Set ?? '').replace(/\s/g, '') : null;
  }
  return gtidsAtPlace(connection, { file: status.File, position });
}

/** MariaDB: the GTID position at a place in the binlog; null where there is no such place. */
export async function gtidsAtPlace(
  connection: Connection,
  { file, position }: { file: string; position: number },
): Promise<string | null> {
  const [rows] = await connection.query<(RowDataPacket & { gtids: string | null })[]>(
    'SELECT BINLOG_GTID_POS(?, ?) AS gtids',
    [file, position],
  );
  return rows[0]?.gtids ?? null;
}

/** Names of the binlog files on the server, oldest first. Needs the same privilege. */
export async function listBinlogFiles(
  connection: Connection,
): Promise<readonly { file: string; size: number }[]> {
  const [rows] =
    await connection.query<(RowDataPacket & { Log_name: string; File_size: number | string })[]>(
      'SHOW BINARY LOGS',
    );
  return rows.map((row) => ({ file: row.Log_name, size: Number(row.File_size) }));
}

function noBinlog(): SealaneError {
  return new SealaneError({
    code: 'BINLOG_DISABLED',
    message: 'The server writes no binlog.',
    why: 'It reports no binlog position.',
    remedy: 'Set log_bin, server_id and binlog_format=ROW in my.cnf under [mysqld] and restart the server.',
  });
}
