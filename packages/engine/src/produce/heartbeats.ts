import { QUEUE_FULL, type RecordProducer } from '@sealane/kafka/producer/record-producer';

export interface HeartbeatsOptions {
  producer: RecordProducer;
  topic: string;
  /** `topic.prefix`. */
  serverName: string;
  intervalMs: number;
  /** What is done at the source with each heartbeat (`heartbeat.action.query`); null: nothing. Handles its own failures. */
  act: (() => Promise<void>) | null;
}

/** Sends a Debezium heartbeat record to partition 0 at every interval; one that finds the queue full is left out. */
export class Heartbeats {
  readonly #options: HeartbeatsOptions;
  readonly #key: Buffer;
  #timer: NodeJS.Timeout | null = null;
  #isActing = false;

  constructor(options: HeartbeatsOptions) {
    this.#options = options;
    this.#key = Buffer.from(JSON.stringify({ serverName: options.serverName }));
  }

  start(): void {
    this.#timer = setInterval(() => this.#beat(), this.#options.intervalMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #beat(): void {
    const { producer, topic, act } = this.#options;
    // A failed producer ends the run by itself; a heartbeat has nothing to add.
    if (producer.status().error !== null) return;
    if (act !== null && !this.#isActing) {
      this.#isActing = true;
      void act().finally(() => {
        this.#isActing = false;
      });
    }
    const value = Buffer.from(JSON.stringify({ ts_ms: Date.now() }));
    const sequence = producer.produce({ topic, partition: 0, key: this.#key, value });
    if (sequence === QUEUE_FULL) return;
  }
}
