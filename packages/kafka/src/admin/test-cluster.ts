import type { ClusterConnection } from '../cluster-connection.ts';
import { openKafkaSession } from '../session/kafka-session.ts';
import { describeCluster } from './describe-cluster.ts';
import type { ClusterDescription } from './topic-types.ts';

/**
 * Connects, authenticates, asks for the brokers, reaches each under its advertised address, and disconnects. Throws a SealaneError
 * with the real reason, as `openKafkaSession` does; a broker that advertises an address which cannot be reached counts as unreachable.
 */
export async function testCluster(connection: ClusterConnection): Promise<ClusterDescription> {
  const session = await openKafkaSession(connection);
  try {
    const cluster = await describeCluster(session);
    await Promise.all(cluster.brokers.map(({ nodeId }) => session.reach(nodeId)));
    return cluster;
  } finally {
    await session.close();
  }
}
