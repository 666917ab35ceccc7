import { QUEUE_FULL, type RecordProducer } from '@sealane/kafka/producer/record-producer';

export interface HeartbeatsOptions {
  producer: RecordProducer;
  topic: string;
  key: Buffer;
  /** Writes the value of a heartbeat. */
  encode: (payload: { ts_ms: number }) => Buffer;
  intervalMs: number;
  /** What is done at the source with each heartbeat (`heartbeat.action.query`); null: nothing. Handles its own failures. */
  act: (() => Promise<void>) | null;
}

/** Sends a Debezium heartbeat record to partition 0 at every interval; one that finds the queue full is left out. */
export class Heartbeats {
  readonly #options: HeartbeatsOptions;
  #timer: NodeJS.Timeout | null = null;
  #isActing = false;

  constructor(options: HeartbeatsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.#beat(), this.#options.intervalMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #beat(): void {
    const { producer, topic, key, encode, act } = this.#options;
    // A failed producer ends the run by itself; a heartbeat has nothing to add.
    if (producer.status().error !== null) return;
    if (act !== null && !this.#isActing) {
      this.#isActing = true;
      void act().finally(() => {
        this.#isActing = false;
      });
    }
    const sequence = producer.produce({ topic, partition: 0, key, value: encode({ ts_ms: Date.now() }) });
    if (sequence === QUEUE_FULL) return;
  }
}
