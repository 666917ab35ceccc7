import type { NativeProducer } from './rdkafka-binding.ts';

/** How long a flush waits on its pool thread for what is in flight. */
const FLUSH_MS = 1;
const BACKOFF_MAX_MS = 32;
/** Below this wait the next flush follows at once. */
const BACKOFF_FROM_MS = 8;

/** What a {@link RdkafkaFlusher} is made of. */
export interface FlusherOptions {
  readonly native: Pick<NativeProducer, 'flush'>;
  /** Sequence number of the newest record that librdkafka has. */
  readonly handedOver: () => number;
  /** Whether a flush makes sense now; asked before each. */
  readonly wanted: () => boolean;
  /**
   * A flush ended. `clear`: nothing was queued or in flight at one moment after `mark` had been handed over; the reports of
   * failed records have been delivered by then.
   */
  readonly onFlushed: (mark: number, clear: boolean) => void;
}

/**
 * Flushes, one at a time: that sends half-full batches at once, linger or not, and it tells cheaply when everything is
 * acknowledged. While something stays in flight it asks again at growing intervals.
 */
export class RdkafkaFlusher {
  readonly #options: FlusherOptions;
  #flushing = false;
  #kicked = false;
  #backoff = 0;
  #next = 0;

  constructor(options: FlusherOptions) {
    this.#options = options;
  }

  /** True from a flush's call until its outcome is known. */
  get flushing(): boolean {
    return this.#flushing;
  }

  /** New records: flushes, at once or when the flush that runs is done. */
  kick(): void {
    this.#kicked = true;
    this.#send();
  }

  /** Asks whether everything is acknowledged, unless it was asked in vain a moment ago. */
  flush(): void {
    if (performance.now() >= this.#next) this.#begin();
  }

  /** Forgets the wait after flushes in vain: somebody needs to know now. */
  hurry(): void {
    this.#next = 0;
  }

  /** Does not wait for the backoff, which paces the questions only: new records must leave. */
  #send(): void {
    if (!this.#kicked || this.#flushing) return;
    this.#kicked = false;
    this.#begin();
  }

  #begin(): void {
    if (this.#flushing || !this.#options.wanted()) return;
    this.#flushing = true;
    const mark = this.#options.handedOver();
    this.#options.native.flush(FLUSH_MS, (error) => {
      // A failed record's report was queued before the flush could return, but its callback may run after this one.
      setImmediate(() => this.#flushed(mark, !error));
    });
  }

  #flushed(mark: number, clear: boolean): void {
    this.#flushing = false;
    this.#backoff = clear ? 0 : Math.min(BACKOFF_MAX_MS, this.#backoff * 2 || 1);
    this.#next = this.#backoff < BACKOFF_FROM_MS ? 0 : performance.now() + this.#backoff;
    this.#options.onFlushed(mark, clear);
    if (this.#kicked) this.#send();
    else this.flush();
  }
}
