import { deliveryError, recordTooLarge } from './delivery-error.ts';
import { closeTimeout, DeliveryState } from './delivery-state.ts';
import { FirstRecords } from './first-records.ts';
import { produceAlone } from './produce-alone.ts';
import { ERR_QUEUE_FULL, RdkafkaBatch } from './rdkafka-batch.ts';
import { loadBinding, type NativeBinding, type NativeProducer } from './rdkafka-binding.ts';
import { largestRecord, rdkafkaConfig } from './rdkafka-config.ts';
import { RdkafkaFlusher } from './rdkafka-flusher.ts';
import { RdkafkaLink } from './rdkafka-link.ts';
import { parseStatistics } from './rdkafka-statistics.ts';
import { recordBytes } from './record-bytes.ts';
import {
  type OutgoingRecord,
  type ProducerStatus,
  QUEUE_FULL,
  type RecordProducer,
  type RecordProducerOptions,
} from './record-producer.ts';

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
  const producer = new RdkafkaProducer(loadBinding(), options);
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
  readonly #batch: RdkafkaBatch;
  readonly #delivery: DeliveryState;
  readonly #firsts: FirstRecords;
  readonly #largestRecord: number;
  readonly #link: RdkafkaLink;
  readonly #pollTimer: NodeJS.Timeout;
  /** Settles when librdkafka's handle exists; no broker is needed for that. */
  readonly opened: Promise<void>;
  readonly #flusher: RdkafkaFlusher;
  #turnEnds = false;
  #idlePolls = 0;
  /** {@link ProducerStatus.produced} at the last timer: when it has not moved, what is queued waits for nobody. */
  #producedAtTimer = 0;
  #statistics: string | null = null;
  #lastStateCheck = 0;

  constructor(binding: NativeBinding, options: RecordProducerOptions) {
    const native = new binding.Producer(rdkafkaConfig(options), {});
    this.#native = native;
    this.#batch = new RdkafkaBatch(new binding.BatchProducer(native));
    this.#delivery = new DeliveryState('rdkafka', options);
    this.#firsts = new FirstRecords(this.#delivery.ledger);
    this.#largestRecord = largestRecord(options);
    this.#link = new RdkafkaLink(this.#delivery, options.connection.brokers);
    this.#flusher = new RdkafkaFlusher({
      native,
      handedOver: () => this.#delivery.ledger.produced - this.#batch.count,
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
    const { ledger } = delivery;
    const bytes = recordBytes(record);
    if (bytes > this.#largestRecord) throw recordTooLarge(record.topic, bytes);
    const { topic, partition } = record;
    if (!this.#firsts.admits(topic, partition) || !this.#take(record, bytes)) {
      delivery.assertOpen();
      return QUEUE_FULL;
    }
    if (!this.#turnEnds) {
      this.#turnEnds = true;
      setImmediate(() => this.#onTurnEnd());
    }
    const sequence = ledger.add(topic, partition, bytes);
    this.#firsts.taken(partition, sequence);
    return sequence;
  }

  async drained(signal?: AbortSignal): Promise<void> {
    this.#poll();
    this.#handOver();
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
    this.#batch.close();
    await new Promise<void>((resolve) => this.#native.disconnect(resolve));
    if (undelivered > 0 && timeoutMs > 0 && !failed) throw closeTimeout(undelivered, timeoutMs);
  }

  /**
   * Into the batch, or to librdkafka by itself; false: there is no room. librdkafka's own queue is the bound, for it knows of
   * an acknowledgement at once and our count only with the next statistics.
   */
  #take(record: OutgoingRecord, bytes: number): boolean {
    const batch = this.#batch;
    const fits = batch.fits(record, bytes);
    if (fits && batch.add(record, bytes)) return true;
    if (!this.#handOver()) return false;
    return fits ? batch.add(record, bytes) : this.#taken(produceAlone(this.#native, record));
  }

  /** Gives librdkafka what was gathered; false: its queue has no room for some of it, or the producer has failed. */
  #handOver(): boolean {
    return this.#taken(this.#batch.handOver());
  }

  #taken(code: number): boolean {
    if (code === 0) return true;
    if (code !== ERR_QUEUE_FULL) this.#delivery.fail(deliveryError(`librdkafka error ${code}`, null));
    return false;
  }

  /** The records of one turn of the event loop travel together. */
  #onTurnEnd(): void {
    this.#turnEnds = false;
    if (this.#delivery.state === 'failed' || this.#delivery.state === 'closed') return;
    this.#handOver();
    if (this.#delivery.ledger.queuedRecords <= FLUSH_RECORDS) this.#flusher.kick();
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
    if (this.#batch.count > 0) this.#handOver();
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
    else if (type === 'log') this.#link.logged(data as { fac: string; message: string });
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
    if (!checkState) return;
    this.#lastStateCheck = now;
    this.#link.counted(statistics.connected);
  }

  #onError(error: Error): void {
    if (/fatal/i.test(error.message)) this.#delivery.fail(deliveryError(error.message, null, error));
  }

  #onDelivery(error: Error | null, report: { topic: string; partition: number }): void {
    if (error === null) return;
    this.#delivery.fail(deliveryError(error.message, `${report.topic}[${report.partition}]`, error));
  }
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
