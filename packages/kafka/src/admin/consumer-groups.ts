import type { KafkaSession } from '../session/kafka-session.ts';
import { protocolError } from '../session/protocol-error.ts';
import { listGroupsRequest } from '../wire/list-groups.ts';
import type { ConsumerGroupSummary } from './topic-types.ts';

/** Every consumer group of the cluster, by name; each broker knows those it coordinates. */
export async function listConsumerGroups(session: KafkaSession): Promise<readonly ConsumerGroupSummary[]> {
  await session.metadata([]);
  const answers = await Promise.all(
    session.nodeIds.map(async (nodeId) => {
      const { errorCode, groups } = await session.sendTo(nodeId, listGroupsRequest());
      if (errorCode !== 0) throw protocolError(errorCode, `consumer groups of broker ${nodeId}`);
      return groups;
    }),
  );
  return answers.flat().sort((a, b) => a.groupId.localeCompare(b.groupId));
}
