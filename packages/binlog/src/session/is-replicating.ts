import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { ServerFlavor, ServerInfo } from './server-info.ts';

/** ER_PARSE_ERROR: the server does not know the statement. ER_SPECIFIC_ACCESS_DENIED_ERROR: the user may not ask. */
const NO_ANSWER = [1064, 1227];

/** True when the server is a replica whose applier runs: what it lacks now it may have later. False when it may not be asked. */
export async function isReplicating(connection: Connection, flavor: ServerFlavor): Promise<boolean> {
  if (flavor === 'mariadb') {
    const [rows] = await connection.query<(RowDataPacket & { Value: string })[]>(
      "SHOW GLOBAL STATUS LIKE 'Slaves_running'",
    );
    return Number(rows[0]?.Value ?? 0) > 0;
  }
  const rows = await replicaStatus(connection, ['SHOW REPLICA STATUS', 'SHOW SLAVE STATUS']);
  return rows?.some((row) => (row.Replica_SQL_Running ?? row.Slave_SQL_Running) === 'Yes') ?? false;
}

/** True when the server is set up as a replica, whether it runs or not; as far as is seen when it may not be asked. */
export async function isReplica(
  connection: Connection,
  server: Pick<ServerInfo, 'flavor' | 'gtidSlavePos'>,
): Promise<boolean> {
  const isMariadb = server.flavor === 'mariadb';
  const statements = isMariadb ? ['SHOW ALL SLAVES STATUS'] : ['SHOW REPLICA STATUS', 'SHOW SLAVE STATUS'];
  const rows = await replicaStatus(connection, statements);
  if (rows !== null) return rows.length > 0;
  return server.gtidSlavePos !== '' || (await isReplicating(connection, server.flavor));
}

/** The answer to the first statement that the server knows; null when there is none. The old ones are gone from MySQL 8.4. */
async function replicaStatus(
  connection: Connection,
  statements: readonly string[],
): Promise<readonly RowDataPacket[] | null> {
  for (const statement of statements) {
    try {
      return (await connection.query<RowDataPacket[]>(statement))[0];
    } catch (thrown) {
      if (!NO_ANSWER.includes(errnoOf(thrown))) throw thrown;
    }
  }
  return null;
}

function errnoOf(thrown: unknown): number {
  return thrown instanceof Error && 'errno' in thrown && typeof thrown.errno === 'number' ? thrown.errno : 0;
}
