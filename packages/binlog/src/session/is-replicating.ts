import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { ServerFlavor } from './server-info.ts';

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
  // The old statement is gone from MySQL 8.4, the new one came with 8.0.22.
  for (const statement of ['SHOW REPLICA STATUS', 'SHOW SLAVE STATUS']) {
    try {
      const [rows] = await connection.query<RowDataPacket[]>(statement);
      return rows.some((row) => (row.Replica_SQL_Running ?? row.Slave_SQL_Running) === 'Yes');
    } catch (thrown) {
      if (!NO_ANSWER.includes(errnoOf(thrown))) throw thrown;
    }
  }
  return false;
}

function errnoOf(thrown: unknown): number {
  return thrown instanceof Error && 'errno' in thrown && typeof thrown.errno === 'number' ? thrown.errno : 0;
}
