import type { ClusterConnection } from '@sealane/kafka/cluster-connection';
import {
  type OffsetPlace,
  prepareOffsetPlace,
  readOffsetRecord,
} from '@sealane/kafka/offset-topic/offset-topic';
import { QUEUE_FULL, type RecordProducer } from '@sealane/kafka/producer/record-producer';
import { openKafkaSession } from '@sealane/kafka/session/kafka-session';
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
  const session = await openKafkaSession(options.connection);
  try {
    const place = await prepareOffsetPlace(session, options);
    const value = await readOffsetRecord(session, place);
    return {
      stored: value === null ? null : decodeOffset(value),
      write: (producer, offset, signal) => write(producer, { ...place, value: encodeOffset(offset) }, signal),
    };
  } finally {
    await session.close();
  }
}

async function write(
  producer: RecordProducer,
  record: OffsetPlace & { value: Buffer },
  signal: AbortSignal,
): Promise<void> {
  let sequence = producer.produce(record);
  while (sequence === QUEUE_FULL) {
    await producer.drained(signal);
    sequence = producer.produce(record);
  }
  await producer.whenAcknowledged(sequence, signal);
}
