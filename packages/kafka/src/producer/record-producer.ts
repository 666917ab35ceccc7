import type { SealaneError } from '@sealane/errors/sealane-error';
import type { ClusterConnection } from '../cluster-connection.ts';

/** Headers in order; a name may repeat. Values are text and travel as UTF-8: node-rdkafka takes no other bytes. */
export type RecordHeaders = readonly (readonly [name: string, value: string])[];

/**
 * One record on its way to Kafka. `key` and `value` are views that need to be valid only during
 * {@link RecordProducer.produce}: the adapter copies them. The object itself may be reused by the caller.
 */
export interface OutgoingRecord {
  topic: string;
  /** Explicit partition, 0-based; the caller computes it, e.g. with `keyPartition` of `partition/murmur2.ts`. */
  partition: number;
  /** Null: the record has no key. An empty buffer is an empty key. */
  key: Buffer | null;
  /** Null: a tombstone. An empty buffer is an empty value. */
  value: Buffer | null;
  headers?: RecordHeaders | undefined;
}

/** What {@link RecordProducer.produce} returns when the queue is full, or the partition's first record is on its way: nothing was taken. */
export const QUEUE_FULL = 0;

/** What a producer is doing; `waiting` is Kafka's absence, which heals by itself. */
export type ProducerState = 'connecting' | 'ready' | 'waiting' | 'failed' | 'closed';

/** Why the producer does not get through to Kafka. */
export interface KafkaWait {
  /** `host:port` of the broker that was tried last. */
  readonly broker: string;
  /** The client's own text, e.g. `Connect to ipv4#127.0.0.1:9092 failed: Connection refused`. */
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** A snapshot of a producer, cheap to take. */
export interface ProducerStatus {
  readonly adapter: 'rdkafka' | 'kafkajs';
  readonly state: ProducerState;
  /** Set while `state` is `waiting`. */
  readonly wait: KafkaWait | null;
  /** Set when `state` is `failed`. */
  readonly error: SealaneError | null;
  /** Sequence number of the newest record taken; 0 before the first. */
  readonly produced: number;
  /** Highest n such that every record with a sequence number of at most n is acknowledged. */
  readonly acknowledged: number;
  /** Records taken and not yet acknowledged. */
  readonly queuedRecords: number;
  /** Key, value and header bytes of those records. */
  readonly queuedBytes: number;
}

/**
 * Takes records and delivers them to Kafka in order per partition, idempotently, acknowledged by all in-sync replicas.
 * A record that cannot be delivered is fatal: the producer stops, tells `onError` once, and acknowledges nothing more.
 *
 * Order of calls: `produce` from creation on (while Kafka is away the queue fills up to its limits) up to `close`;
 * `drained` after `produce` answered {@link QUEUE_FULL}; `whenAcknowledged` for any number that `produce` returned;
 * `status` at any time, also after `close`; `close` once, last.
 */
export interface RecordProducer {
  /**
   * Queues one record; synchronous, copies key, value and headers. Returns its sequence number: 1, 2, 3, ... in call order over
   * all topics and partitions; or {@link QUEUE_FULL}, then nothing was taken and the caller awaits {@link drained}.
   * Throws a SealaneError after a failure or after `close`, and `KAFKA_RECORD_TOO_LARGE` for a record above the limit, which is
   * not taken and harms nothing else.
   */
  produce(record: OutgoingRecord): number;
  /** Resolves when the queue may have room again; the caller repeats `produce`. Rejects on failure, close or abort. */
  drained(signal?: AbortSignal): Promise<void>;
  /** Resolves when every record up to and including `sequence` is acknowledged. Rejects as `drained`. */
  whenAcknowledged(sequence: number, signal?: AbortSignal): Promise<void>;
  status(): ProducerStatus;
  /**
   * Delivers what is queued for at most `timeoutMs` (default 10,000; 0 drops the queue), then disconnects. Rejects with
   * `KAFKA_CLOSE_TIMEOUT` when records were left undelivered; the connection is closed then too.
   */
  close(options?: { timeoutMs?: number | undefined }): Promise<void>;
}

export type ProducerCompression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';

/** What a producer is made of. Callbacks run on the event loop and must not throw. */
export interface RecordProducerOptions {
  readonly connection: ClusterConnection;
  /** Default 64 MiB of keys, values and headers. */
  readonly maxQueuedBytes?: number | undefined;
  /** Default 100,000 records. */
  readonly maxQueuedRecords?: number | undefined;
  /** Default `none`, as Debezium's. */
  readonly compression?: ProducerCompression | undefined;
  /**
   * About how many partitions will be written to. It sets how often acknowledgements are collected under load (every 40 ms for up
   * to 100 partitions, 250 ms for 600 and more), whose cost rises with the partitions. Default 25.
   */
  readonly expectedPartitions?: number | undefined;
  /** Largest record in bytes. Default 1,000,000, the broker's own default being 1,048,588 for a batch. */
  readonly maxRecordBytes?: number | undefined;
  /** Everything up to `sequence` is acknowledged. Numbers rise; many acknowledgements may come as one call. */
  readonly onAcknowledged?: ((sequence: number) => void) | undefined;
  /** Delivery became impossible. Called at most once. */
  readonly onError?: ((error: SealaneError) => void) | undefined;
  /** The state changed, or the reason for waiting did. */
  readonly onStatus?: ((status: ProducerStatus) => void) | undefined;
}
