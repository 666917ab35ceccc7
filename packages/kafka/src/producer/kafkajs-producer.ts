import { Kafka, type Message, type Producer, type TopicMessages } from 'kafkajs';
import { compressionType, registerCodecs } from '../session/kafkajs-codecs.ts';
import { kafkajsConfig } from '../session/kafkajs-config.ts';
import { deliveryError, recordTooLarge } from './delivery-error.ts';
import { closeTimeout, DeliveryState } from './delivery-state.ts';
import { recordBytes } from './record-bytes.ts';
import {
  type OutgoingRecord,
  type ProducerStatus,
  QUEUE_FULL,
  type RecordProducer,
  type RecordProducerOptions,
} from './record-producer.ts';

const DEFAULT_QUEUED_BYTES = 64 * 1024 * 1024;
const DEFAULT_QUEUED_RECORDS = 100_000;
const DEFAULT_RECORD_BYTES = 1_000_000;
/** Bounds of one send; kafkajs makes one batch per partition of it, which must stay below the broker's message.max.bytes. */
const SEND_BYTES = 900_000;
const SEND_RECORDS = 5_000;
const RETRY_MS = 200;
const RETRY_MAX_MS = 5_000;
const DRAIN_MS = 10;

interface QueuedRecord {
  readonly topic: string;
  readonly message: Message;
  readonly bytes: number;
}

/** Creates the kafkajs adapter, for machines without the native build. */
export function createKafkajsProducer(options: RecordProducerOptions): RecordProducer {
  registerCodecs();
  const kafka = new Kafka(kafkajsConfig(options.connection));
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  return new KafkajsProducer(producer, options);
}

/**
 * Delivery by kafkajs: one send in flight, the next gathers meanwhile, so that batches fill under load and an idle record leaves at
 * once. A send that fails for a passing reason is repeated with the same sequence numbers, which the broker deduplicates.
 */
class KafkajsProducer implements RecordProducer {
  readonly #producer: Producer;
  readonly #options: RecordProducerOptions;
  readonly #delivery: DeliveryState;
  readonly #stop = new AbortController();
  readonly #maxBytes: number;
  readonly #maxRecords: number;
  readonly #maxRecordBytes: number;
  #queue: QueuedRecord[] = [];
  #head = 0;
  #wakeSender: (() => void) | null = null;
  readonly #sender: Promise<void>;

  constructor(producer: Producer, options: RecordProducerOptions) {
    this.#producer = producer;
    this.#options = options;
    this.#delivery = new DeliveryState('kafkajs', options);
    this.#maxBytes = options.maxQueuedBytes ?? DEFAULT_QUEUED_BYTES;
    this.#maxRecords = options.maxQueuedRecords ?? DEFAULT_QUEUED_RECORDS;
    this.#maxRecordBytes = options.maxRecordBytes ?? DEFAULT_RECORD_BYTES;
    this.#sender = this.#run();
  }

  produce(record: OutgoingRecord): number {
    this.#delivery.assertOpen();
    const { ledger } = this.#delivery;
    const bytes = recordBytes(record);
    if (bytes > this.#maxRecordBytes) throw recordTooLarge(record.topic, bytes);
    const overfull = ledger.queuedBytes + bytes > this.#maxBytes && ledger.queuedRecords > 0;
    if (overfull || ledger.queuedRecords >= this.#maxRecords) return QUEUE_FULL;
    this.#queue.push({ topic: record.topic, message: toMessage(record), bytes });
    this.#wakeSender?.();
    return ledger.add(record.topic, record.partition, bytes);
  }

  drained(signal?: AbortSignal): Promise<void> {
    return this.#delivery.pause(DRAIN_MS, signal);
  }

  whenAcknowledged(sequence: number, signal?: AbortSignal): Promise<void> {
    return this.#delivery.whenAcknowledged(sequence, signal);
  }

  status(): ProducerStatus {
    return this.#delivery.status();
  }

  async close(options: { timeoutMs?: number | undefined } = {}): Promise<void> {
    const timeoutMs = options.timeoutMs ?? 10_000;
    const { ledger } = this.#delivery;
    if (timeoutMs > 0 && ledger.queuedRecords > 0 && this.#delivery.state !== 'failed') {
      await Promise.allSettled([this.whenAcknowledged(ledger.produced, AbortSignal.timeout(timeoutMs))]);
    }
    const undelivered = ledger.queuedRecords;
    const failed = this.#delivery.state === 'failed';
    this.#delivery.close();
    this.#stop.abort();
    this.#wakeSender?.();
    await this.#sender;
    await this.#producer.disconnect();
    if (undelivered > 0 && timeoutMs > 0 && !failed) throw closeTimeout(undelivered, timeoutMs);
  }

  async #run(): Promise<void> {
    await this.#retrying(() => this.#producer.connect());
    while (!this.#stop.signal.aborted && this.#delivery.state !== 'failed') {
      const batch = await this.#nextBatch();
      if (batch.length === 0) continue;
      const mark = this.#delivery.ledger.acknowledged + batch.length;
      const sent = await this.#retrying(() => this.#send(batch));
      if (!sent) return;
      this.#delivery.ledger.acknowledgeUpTo(mark);
      this.#delivery.acknowledgementsMoved();
    }
  }

  async #send(batch: readonly QueuedRecord[]): Promise<void> {
    await this.#producer.sendBatch({
      acks: -1,
      compression: compressionType(this.#options.compression ?? 'none'),
      topicMessages: groupByTopic(batch),
    });
  }

  /** Waits for records, gives the event loop one turn to add more, and takes as many as one send may hold. */
  async #nextBatch(): Promise<QueuedRecord[]> {
    if (this.#head === this.#queue.length) {
      await new Promise<void>((resolve) => {
        this.#wakeSender = resolve;
        if (this.#stop.signal.aborted) resolve();
      });
      this.#wakeSender = null;
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
    const start = this.#head;
    let bytes = 0;
    while (this.#head < this.#queue.length && this.#head - start < SEND_RECORDS) {
      const next = this.#queue[this.#head] as QueuedRecord;
      if (this.#head > start && bytes + next.bytes > SEND_BYTES) break;
      bytes += next.bytes;
      this.#head += 1;
    }
    const batch = this.#queue.slice(start, this.#head);
    if (this.#head > SEND_RECORDS || this.#head === this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return batch;
  }

  /** Repeats what fails for a passing reason until it works; false when it failed for good or the producer closes. */
  async #retrying(attempt: () => Promise<void>): Promise<boolean> {
    for (let delay = RETRY_MS; !this.#stop.signal.aborted; delay = Math.min(RETRY_MAX_MS, delay * 2)) {
      try {
        await attempt();
        this.#delivery.ready();
        return true;
      } catch (thrown) {
        const failure = describeFailure(thrown);
        if (!failure.passing) {
          this.#delivery.fail(deliveryError(failure.reason, null, thrown));
          return false;
        }
        this.#delivery.waiting(failure.broker ?? this.#options.connection.brokers.join(', '), failure.reason);
        await abortableDelay(delay, this.#stop.signal);
      }
    }
    return false;
  }
}

function describeFailure(thrown: unknown): { reason: string; broker: string | null; passing: boolean } {
  const chain = [thrown];
  for (let next = thrown; next instanceof Error && next.cause instanceof Error; next = next.cause)
    chain.push(next.cause);
  const root = chain.at(-1);
  const type: unknown = root instanceof Error ? Reflect.get(root, 'type') : null;
  const message = root instanceof Error ? root.message : String(root);
  const reason = typeof type === 'string' ? `${type}: ${message}` : message;
  const broker: unknown = root instanceof Error ? Reflect.get(root, 'broker') : null;
  const passing = chain.some((error) => {
    if (!(error instanceof Error)) return false;
    return (
      Reflect.get(error, 'retriable') === true ||
      /KafkaJSConnection|KafkaJSRequestTimeout|KafkaJSLockTimeout/.test(error.name)
    );
  });
  return { reason, broker: typeof broker === 'string' ? broker : null, passing };
}

function groupByTopic(batch: readonly QueuedRecord[]): TopicMessages[] {
  const byTopic = new Map<string, Message[]>();
  for (const { topic, message } of batch) {
    const messages = byTopic.get(topic);
    if (messages === undefined) byTopic.set(topic, [message]);
    else messages.push(message);
  }
  return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
}

function toMessage(record: OutgoingRecord): Message {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of record.headers ?? []) {
    const earlier = headers[name];
    headers[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return {
    partition: record.partition,
    key: record.key === null ? null : Buffer.from(record.key),
    value: record.value === null ? null : Buffer.from(record.value),
    headers,
  };
}

async function abortableDelay(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
