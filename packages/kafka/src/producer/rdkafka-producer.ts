import { deliveryError, recordTooLarge } from './delivery-error.ts';
import { closeTimeout, DeliveryState } from './delivery-state.ts';
import { loadBinding, type NativeProducer } from './rdkafka-binding.ts';
import { rdkafkaConfig } from './rdkafka-config.ts';
import { RdkafkaFlusher } from './rdkafka-flusher.ts';
import { parseStatistics } from './rdkafka-statistics.ts';
import {
  type OutgoingRecord,
  type ProducerStatus,
  QUEUE_FULL,
  type RecordHeaders,
  type RecordProducer,
  type RecordProducerOptions,
} from './record-producer.ts';

const ERR_QUEUE_FULL = -184;
const ERR_MESSAGE_TOO_LARGE = 10;
const POLL_MS = 5;
/** With nothing in flight only one of so many polls is made. */
const IDLE_POLLS_SKIPPED = 10;
/** Above this many records batches fill by themselves, so that no flush is worth a try while more keep coming. */
const FLUSH_RECORDS = 5_000;
const DRAIN_MS = 10;
/** Idle statistics are looked into this often, for the state of the connections. */
const STATE_CHECK_MS = 500;

/** Creates the node-rdkafka adapter, without waiting for a broker. Throws the loader's error when the native build is missing. */
export async function createRdkafkaProducer(options: RecordProducerOptions): Promise<RecordProducer> {
  const { Producer } = loadBinding();
  const producer = new RdkafkaProducer(new Producer(rdkafkaConfig(options), {}), options);
  await producer.opened;
  return producer;
}

/**
 * Delivery by librdkafka. Acknowledgements are learned in two ways, neither of which costs anything per record: while few records
 * are in flight by a flush on a pool thread that returns as soon as none is left, and under load by the statistics' count of
 * acknowledged records per partition. Failures alone come as delivery reports, and any failure ends the producer.
 */
class RdkafkaProducer implements RecordProducer {
  readonly #native: NativeProducer;
  readonly #delivery: DeliveryState;
  readonly #brokers: string;
  readonly #pollTimer: NodeJS.Timeout;
  /** Settles when librdkafka's handle exists; no broker is needed for that. */
  readonly opened: Promise<void>;
  readonly #flusher: RdkafkaFlusher;
  #idlePolls = 0;
  /** {@link ProducerStatus.produced} at the last timer: when it has not moved, what is queued waits for nobody. */
  #producedAtTimer = 0;
  #statistics: string | null = null;
  #lastStateCheck = 0;
  #lastFailure: { broker: string; reason: string } | null = null;

  constructor(native: NativeProducer, options: RecordProducerOptions) {
    this.#native = native;
    this.#delivery = new DeliveryState('rdkafka', options);
    this.#brokers = options.connection.brokers.join(', ');
    this.#flusher = new RdkafkaFlusher({
      native,
      produced: () => this.#delivery.ledger.produced,
      wanted: () => this.#flushWanted(),
      onFlushed: (mark, clear) => this.#onFlushed(mark, clear),
    });
    native.configureCallbacks(true, {
      global: {},
      topic: {},
      event: {
        event_cb: (type, data) => this.#onEvent(type, data),
        delivery_cb: (error, report) => this.#onDelivery(error, report),
      },
    });
    this.opened = new Promise((resolve) => {
      native.connect((error) => {
        if (error) this.#delivery.fail(deliveryError(error.message, null, error));
        resolve();
      });
    });
    this.#pollTimer = setInterval(() => this.#onTimer(), POLL_MS);
  }

  produce(record: OutgoingRecord): number {
    const delivery = this.#delivery;
    if (delivery.state !== 'ready') delivery.assertOpen();
    const { topic, partition, headers } = record;
    const key = addressed(record.key);
    const value = addressed(record.value);
    const code =
      headers === undefined
        ? this.#native.produce(topic, partition, value, key)
        : this.#native.produce(topic, partition, value, key, null, undefined, headers.map(toNativeHeader));
    if (code !== 0) return this.#refused(code, record);
    if (delivery.ledger.queuedRecords < FLUSH_RECORDS) this.#flusher.kick();
    return delivery.ledger.add(topic, partition, recordBytes(record));
  }

  async drained(signal?: AbortSignal): Promise<void> {
    this.#poll();
    await this.#delivery.pause(DRAIN_MS, signal);
  }

  whenAcknowledged(sequence: number, signal?: AbortSignal): Promise<void> {
    this.#flusher.hurry();
    this.#tick();
    return this.#delivery.whenAcknowledged(sequence, signal);
  }

  status(): ProducerStatus {
    return this.#delivery.status();
  }

  async close(options: { timeoutMs?: number | undefined } = {}): Promise<void> {
    const timeoutMs = options.timeoutMs ?? 10_000;
    const { ledger } = this.#delivery;
    if (timeoutMs > 0 && ledger.queuedRecords > 0 && this.#delivery.state !== 'failed') {
      await settleWithin(this.whenAcknowledged(ledger.produced), timeoutMs);
    }
    const undelivered = ledger.queuedRecords;
    const failed = this.#delivery.state === 'failed';
    clearInterval(this.#pollTimer);
    this.#delivery.close();
    await new Promise<void>((resolve) => this.#native.disconnect(resolve));
    if (undelivered > 0 && timeoutMs > 0 && !failed) throw closeTimeout(undelivered, timeoutMs);
  }

  #refused(code: number, record: OutgoingRecord): number {
    if (code === ERR_QUEUE_FULL) return QUEUE_FULL;
    if (code === ERR_MESSAGE_TOO_LARGE) throw recordTooLarge(record.topic, recordBytes(record));
    const error = deliveryError(`librdkafka error ${code}`, `${record.topic}[${record.partition}]`);
    this.#delivery.fail(error);
    throw error;
  }

  #onTimer(): void {
    const { ledger, state } = this.#delivery;
    const idle = ledger.queuedRecords === 0 && state === 'ready';
    this.#idlePolls = idle ? (this.#idlePolls + 1) % IDLE_POLLS_SKIPPED : 0;
    if (this.#idlePolls === 0) this.#tick();
    this.#producedAtTimer = ledger.produced;
  }

  #tick(): void {
    this.#poll();
    this.#flusher.flush();
  }

  #poll(): void {
    try {
      this.#native.poll();
    } catch (thrown) {
      // Only while the handle is not there yet, or no longer.
      if (this.#delivery.state === 'ready') throw thrown;
    }
  }

  #flushWanted(): boolean {
    const { ledger, state } = this.#delivery;
    const queued = ledger.queuedRecords;
    if (queued === 0 || state !== 'ready') return false;
    return queued <= FLUSH_RECORDS || ledger.produced === this.#producedAtTimer;
  }

  #onFlushed(mark: number, clear: boolean): void {
    const { ledger, state } = this.#delivery;
    if (state === 'failed' || state === 'closed') return;
    if (clear && ledger.acknowledgeUpTo(mark)) this.#delivery.acknowledgementsMoved();
    this.#applyStatistics();
  }

  #onEvent(type: string, data: unknown): void {
    if (type === 'stats') this.#onStatistics((data as { message: string }).message);
    else if (type === 'log') this.#onLog(data as { fac: string; message: string });
    else if (type === 'error') this.#onError(data as Error);
  }

  #onStatistics(json: string): void {
    this.#statistics = json;
    // A flush's thread may still hold failure reports that belong before these counts; it applies them when it is done.
    if (!this.#flusher.flushing) setImmediate(() => this.#applyStatistics());
  }

  #applyStatistics(): void {
    const json = this.#statistics;
    this.#statistics = null;
    const { ledger, state } = this.#delivery;
    if (json === null || state === 'failed' || state === 'closed') return;
    const now = performance.now();
    const checkState = state !== 'ready' || now - this.#lastStateCheck > STATE_CHECK_MS;
    if (ledger.queuedRecords === 0 && !checkState) return;
    const statistics = parseStatistics(json);
    for (const { topic, partition, total } of statistics.acknowledged)
      ledger.setAcknowledged(topic, partition, total);
    if (ledger.advance()) this.#delivery.acknowledgementsMoved();
    if (checkState) this.#showConnection(statistics.connected, now);
  }

  #showConnection(connected: boolean, now: number): void {
    this.#lastStateCheck = now;
    if (connected) {
      this.#lastFailure = null;
      this.#delivery.ready();
    } else if (this.#lastFailure !== null) {
      this.#delivery.waiting(this.#lastFailure.broker, this.#lastFailure.reason);
    }
  }

  /** librdkafka's own reason for a lost or refused connection stands in its log only (facility FAIL). */
  #onLog(log: { fac: string; message: string }): void {
    if (log.fac === 'FATAL') {
      this.#delivery.fail(deliveryError(log.message, null));
      return;
    }
    if (log.fac !== 'FAIL' && log.fac !== 'ERROR') return;
    const match = /(?:\w+:\/\/)?([^\s/]+:\d+)\/\w+: (.*?)(?: \(after .*)?$/.exec(log.message);
    this.#lastFailure = { broker: match?.[1] ?? this.#brokers, reason: match?.[2] ?? log.message };
    if (this.#delivery.state !== 'ready')
      this.#delivery.waiting(this.#lastFailure.broker, this.#lastFailure.reason);
  }

  #onError(error: Error): void {
    if (/fatal/i.test(error.message)) this.#delivery.fail(deliveryError(error.message, null, error));
  }

  #onDelivery(error: Error | null, report: { topic: string; partition: number }): void {
    if (error === null) return;
    this.#delivery.fail(deliveryError(error.message, `${report.topic}[${report.partition}]`, error));
  }
}

/** Empty, but inside memory: node-rdkafka takes a buffer without an address for null. */
const EMPTY = Buffer.alloc(8).subarray(0, 0);

function addressed(bytes: Buffer | null): Buffer | null {
  return bytes !== null && bytes.length === 0 ? EMPTY : bytes;
}

function toNativeHeader(header: RecordHeaders[number]): Record<string, string> {
  return { [header[0]]: header[1] };
}

function recordBytes(record: OutgoingRecord): number {
  let bytes = (record.key?.length ?? 0) + (record.value?.length ?? 0);
  for (const [name, value] of record.headers ?? []) bytes += name.length + value.length;
  return bytes;
}

/** Waits for a promise or the time, whichever comes first; a rejection counts as settled, its reason is already in the state. */
async function settleWithin(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([Promise.allSettled([promise]), timeout]);
  clearTimeout(timer);
}
