import { type SealaneError, toSealaneError } from '@sealane/errors/sealane-error';
import type { RecordProducer } from '@sealane/kafka/producer/record-producer';
import type { Change } from '../change/change.ts';
import type { ResumePoint } from '../change/position.ts';
import type { OffsetToStore } from './connect-offset.ts';
import type { OffsetStore } from './offset-store.ts';
import type { OffsetTracker } from './offset-tracker.ts';

/** Milliseconds between looks at what is acknowledged: an offset is at most this old, plus its own way to Kafka. */
const INTERVAL_MS = 500;

export interface OffsetCommitterOptions {
  tracker: OffsetTracker;
  store: OffsetStore;
  producer: RecordProducer;
  /** Ends waiting writes. */
  signal: AbortSignal;
  /** A write failed; it is tried again. Called once per series of failures. */
  onFailure: (error: SealaneError) => void;
}

/**
 * Writes the offset behind the stream: every half second, and once more at the end. `start` first, `passed` after each
 * change, `finish` or `halt` last.
 */
export class OffsetCommitter {
  /** The newest offset that is stored: where a restart would resume. */
  committed: OffsetToStore | null = null;
  readonly #options: OffsetCommitterOptions;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  /** Acknowledged, not yet stored. */
  #due: OffsetToStore | null = null;
  #failing = false;

  constructor(options: OffsetCommitterOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), INTERVAL_MS);
  }

  passed(change: Change, sequence: number): void {
    this.#options.tracker.passed(change, sequence);
  }

  get resume(): ResumePoint {
    return this.#options.tracker.resume;
  }

  /** Stores the offset of everything that passed; all of it must be acknowledged. Throws when it cannot be stored. */
  async finish(): Promise<void> {
    this.halt();
    await this.#writing;
    this.#collect();
    const due = this.#due;
    if (due !== null) await this.#write(due);
  }

  /** Stops writing; what is not stored is read again by the next run. */
  halt(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #tick(): void {
    this.#collect();
    if (this.#due === null || this.#writing !== null) return;
    this.#writing = this.#write(this.#due)
      .then(
        () => {
          this.#failing = false;
        },
        (thrown: unknown) => this.#failed(thrown),
      )
      .finally(() => {
        this.#writing = null;
      });
  }

  #collect(): void {
    const { tracker, producer } = this.#options;
    tracker.mark();
    this.#due = tracker.acknowledged(producer.status().acknowledged) ?? this.#due;
  }

  async #write(offset: OffsetToStore): Promise<void> {
    const { store, producer, signal } = this.#options;
    await store.write(producer, offset, signal);
    this.committed = offset;
    if (this.#due === offset) this.#due = null;
  }

  #failed(thrown: unknown): void {
    if (this.#failing || this.#options.signal.aborted) return;
    this.#failing = true;
    this.#options.onFailure(toSealaneError(thrown));
  }
}
