import type { KafkaSession } from '../session/kafka-session.ts';
import { describeLogDirsRequest } from '../wire/describe-log-dirs.ts';
import { describeTopics } from './describe-topics.ts';
import type { PartitionSize } from './topic-types.ts';

/**
 * Bytes on disk of every partition, on its leader. Needs DESCRIBE on the cluster; where the user lacks it, or a leader is down, the
 * size is unknown (null), never zero.
 */
export async function topicSizes(
  session: KafkaSession,
  topics: readonly string[],
): Promise<ReadonlyMap<string, readonly PartitionSize[]>> {
  const described = await describeTopics(session, topics);
  const leaders = new Set(described.flatMap(({ partitions }) => partitions.map(({ leader }) => leader)));
  leaders.delete(-1);
  const sizes = new Map<string, number>();
  const asked = described.map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map(({ partition }) => partition),
  }));
  for (const leader of leaders) {
    for (const { errorCode, partitions } of await session.sendTo(leader, describeLogDirsRequest(asked))) {
      if (errorCode !== 0) continue;
      for (const { topic, partition, bytes } of partitions)
        sizes.set(`${leader}/${topic}/${partition}`, bytes);
    }
  }
  return new Map(
    described.map(({ topic, partitions }) => [
      topic,
      partitions.map(({ partition, leader }) => ({
        partition,
        bytes: sizes.get(`${leader}/${topic}/${partition}`) ?? null,
      })),
    ]),
  );
}
