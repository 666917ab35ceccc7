import type { Connection, RowDataPacket } from 'mysql2/promise';
import { firstAnswer } from './first-answer.ts';
import type { ServerFlavor, ServerInfo } from './server-info.ts';

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

/** The old statement is gone from MySQL 8.4, the new one came with 8.0.22. */
function replicaStatus(
  connection: Connection,
  statements: readonly string[],
): Promise<readonly RowDataPacket[] | null> {
  return firstAnswer(statements, async (sql) => (await connection.query<RowDataPacket[]>(sql))[0]);
}
