import type { KafkaSession } from '../session/kafka-session.ts';
import type { ClusterDescription } from './topic-types.ts';

/** The cluster's id, controller and brokers. */
export async function describeCluster(session: KafkaSession): Promise<ClusterDescription> {
  const { clusterId, controllerId, brokers } = await session.metadata([]);
  return {
    clusterId,
    controllerId: controllerId < 0 ? null : controllerId,
    brokers: [...brokers].sort((a, b) => a.nodeId - b.nodeId),
  };
}
