import { createTopics } from '@sealane/kafka/admin/create-topics';
import { describeTopics } from '@sealane/kafka/admin/describe-topics';
import type { ClusterConnection } from '@sealane/kafka/cluster-connection';
import { keyPartition } from '@sealane/kafka/partition/murmur2';
import { QUEUE_FULL, type RecordProducer } from '@sealane/kafka/producer/record-producer';
import { readMessages } from '@sealane/kafka/reader/read-messages';
import { type KafkaSession, openKafkaSession } from '@sealane/kafka/session/kafka-session';
import { decodeOffset, encodeOffset, type OffsetToStore, type StoredOffset } from './connect-offset.ts';

export interface OffsetStoreOptions {
  connection: ClusterConnection;
  /** Compacted topic, created when it does not exist. */
  topic: string;
  /** See `offsetKey`. */
  key: Buffer;
  replicationFactor: number;
}

/** An offset topic that was read: what it held, and how to write to it. */
export interface OffsetStore {
  /** The newest stored offset; null: none, or it was deleted. */
  readonly stored: StoredOffset | null;
  /** Resolves when Kafka has acknowledged the offset. Legal until the producer closes; one call at a time. */
  write(producer: RecordProducer, offset: OffsetToStore, signal: AbortSignal): Promise<void>;
}

/** Makes sure that the topic is there and reads the newest offset of the key. Throws `KAFKA_*`, `OFFSET_UNREADABLE`. */
export async function openOffsetStore(options: OffsetStoreOptions): Promise<OffsetStore> {
  const { topic, key } = options;
  const session = await openKafkaSession(options.connection);
  try {
    await createTopics(session, [
      {
        topic,
        partitions: 1,
        ...(options.replicationFactor > 0 ? { replicationFactor: options.replicationFactor } : {}),
        config: { 'cleanup.policy': 'compact' },
      },
    ]);
    const [description] = await describeTopics(session, [topic]);
    const partition = keyPartition(key, Math.max(1, description?.partitions.length ?? 1));
    const value = await newestValue(session, { topic, partition, key });
    return {
      stored: value === null ? null : decodeOffset(value),
      write: (producer, offset, signal) =>
        write(producer, { topic, partition, key, value: encodeOffset(offset) }, signal),
    };
  } finally {
    await session.close();
  }
}

async function newestValue(
  session: KafkaSession,
  { topic, partition, key }: { topic: string; partition: number; key: Buffer },
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

async function write(
  producer: RecordProducer,
  record: { topic: string; partition: number; key: Buffer; value: Buffer },
  signal: AbortSignal,
): Promise<void> {
  let sequence = producer.produce(record);
  while (sequence === QUEUE_FULL) {
    await producer.drained(signal);
    sequence = producer.produce(record);
  }
  await producer.whenAcknowledged(sequence, signal);
}
