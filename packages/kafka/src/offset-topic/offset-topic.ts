import { SealaneError } from '@sealane/errors/sealane-error';
import { createTopics } from '../admin/create-topics.ts';
import { describeTopics } from '../admin/describe-topics.ts';
import { keyPartition } from '../partition/murmur2.ts';
import { readMessages } from '../reader/read-messages.ts';
import type { KafkaSession } from '../session/kafka-session.ts';

/** Where the offset of one pipeline stands: the newest record of this key counts, a tombstone means none. */
export interface OffsetPlace {
  readonly topic: string;
  readonly partition: number;
  readonly key: Buffer;
}

/** The record key that Kafka Connect uses for a connector's offsets. `name`: the connector's, or whatever a pipeline stores its own under. */
export function offsetKey(name: string, topicPrefix: string): Buffer {
  return Buffer.from(JSON.stringify([name, { server: topicPrefix }]));
}

/** Makes sure that the compacted topic is there. Throws `KAFKA_*`. */
export async function prepareOffsetPlace(
  session: KafkaSession,
  { topic, key, replicationFactor }: { topic: string; key: Buffer; replicationFactor: number },
): Promise<OffsetPlace> {
  await createTopics(session, [
    {
      topic,
      partitions: 1,
      ...(replicationFactor > 0 ? { replicationFactor } : {}),
      config: { 'cleanup.policy': 'compact' },
    },
  ]);
  return placeOf(session, topic, key);
}

/** Null while the topic does not exist. */
export async function findOffsetPlace(
  session: KafkaSession,
  { topic, key }: { topic: string; key: Buffer },
): Promise<OffsetPlace | null> {
  try {
    return await placeOf(session, topic, key);
  } catch (thrown) {
    if (thrown instanceof SealaneError && thrown.code === 'KAFKA_TOPIC_UNKNOWN') return null;
    throw thrown;
  }
}

async function placeOf(session: KafkaSession, topic: string, key: Buffer): Promise<OffsetPlace> {
  const [description] = await describeTopics(session, [topic]);
  return { topic, key, partition: keyPartition(key, Math.max(1, description?.partitions.length ?? 1)) };
}

/** The newest stored offset, as it was written; null: none, or it was deleted. */
export async function readOffsetRecord(
  session: KafkaSession,
  { topic, partition, key }: OffsetPlace,
): Promise<Buffer | null> {
  const events = readMessages({
    session,
    topic,
    partitions: [partition],
    from: { at: 'newest' },
    key,
    limit: 1,
  });
  for await (const event of events) {
    const newest = event.tag === 'messages' ? event.messages[0] : undefined;
    if (newest !== undefined) return newest.value;
  }
  return null;
}
