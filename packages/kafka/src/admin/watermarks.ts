import type { PartitionOffset } from '../reader/read-progress.ts';
import { openTopicReader } from '../reader/topic-reader.ts';
import type { KafkaSession } from '../session/kafka-session.ts';
import type { PartitionWatermarks } from './topic-types.ts';

/** The first and the next offset of every partition, as a read-committed reader sees them. */
export async function topicWatermarks(
  session: KafkaSession,
  topic: string,
): Promise<readonly PartitionWatermarks[]> {
  const reader = await openTopicReader(session, topic);
  const [earliest, latest] = await Promise.all([reader.offsets('earliest'), reader.offsets('latest')]);
  return reader.partitions.map((partition) => ({
    partition,
    earliest: BigInt(earliest.get(partition) ?? 0),
    latest: BigInt(latest.get(partition) ?? 0),
  }));
}

/** Per partition the offset of the first record with at least this timestamp (milliseconds); the end where there is none. */
export async function offsetsForTimestamp(
  session: KafkaSession,
  at: { topic: string; timestamp: number },
): Promise<readonly PartitionOffset[]> {
  const reader = await openTopicReader(session, at.topic);
  const [found, latest] = await Promise.all([reader.offsetsAt(at.timestamp), reader.offsets('latest')]);
  return reader.partitions.map((partition) => ({
    partition,
    offset: BigInt(found.get(partition) ?? latest.get(partition) ?? 0),
  }));
}
