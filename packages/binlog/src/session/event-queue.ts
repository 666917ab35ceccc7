import type { SealaneError } from '@sealane/errors/sealane-error';
import type { RawEvent } from '../events/raw-event.ts';

/** What stands before an {@link EventQueue}. */
export interface EventIntake {
  /** Stops the flow of bytes. */
  pause(): void;
  /** Restarts it. */
  resume(): void;
  /** Checks what was queued since the last call; throws when it must not be handed over. */
  verify(): void;
}

/**
 * Events between socket and consumer, counted in bytes. What arrives in one turn of the event loop is handed
 * over together; two arrays take turns, so that a stream costs no array per batch.
 */
export class EventQueue {
  readonly #highWaterBytes: number;
  readonly #intake: EventIntake;
  #filling: RawEvent[] = [];
  #spare: RawEvent[] = [];
  #fillingBytes = 0;
  #handedBytes = 0;
  #flushScheduled = false;
  #wake: (() => void) | null = null;
  #ended = false;
  #error: SealaneError | null = null;
  paused = false;
  pauses = 0;
  peakPendingBytes = 0;
  lastReadAtMs = Date.now();

  constructor(highWaterBytes: number, intake: EventIntake) {
    this.#highWaterBytes = highWaterBytes;
    this.#intake = intake;
  }

  get pendingBytes(): number {
    return this.#fillingBytes + this.#handedBytes;
  }

  /** Adds an event that takes `bytes` of memory. */
  push(event: RawEvent, bytes: number): void {
    this.#filling.push(event);
    this.#fillingBytes += bytes;
    if (this.#flushScheduled) return;
    this.#flushScheduled = true;
    queueMicrotask(() => this.#flush());
  }

  /** Ends the stream once what is queued has been consumed; with an error the consumer then gets it. */
  end(error: SealaneError | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#wakeConsumer();
  }

  /** Ends the stream now and forgets what is queued. */
  abort(): void {
    this.#ended = true;
    this.#error = null;
    this.#filling.length = 0;
    this.#fillingBytes = 0;
    this.#wakeConsumer();
  }

  /** The next batch, verified, or null at the end. The array given before is reused: its consumer is done with it. */
  async next(): Promise<readonly RawEvent[] | null> {
    this.#handedBytes = 0;
    this.#resumeIfLow();
    while (this.#filling.length === 0) {
      if (this.#error !== null) throw this.#error;
      if (this.#ended) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#intake.verify();
    const batch = this.#filling;
    this.#spare.length = 0;
    this.#filling = this.#spare;
    this.#spare = batch;
    this.#handedBytes = this.#fillingBytes;
    this.#fillingBytes = 0;
    return batch;
  }

  #flush(): void {
    this.#flushScheduled = false;
    this.lastReadAtMs = Date.now();
    const pending = this.pendingBytes;
    if (pending > this.peakPendingBytes) this.peakPendingBytes = pending;
    if (!this.paused && pending >= this.#highWaterBytes) {
      this.paused = true;
      this.pauses++;
      this.#intake.pause();
    }
    this.#wakeConsumer();
  }

  #resumeIfLow(): void {
    if (!this.paused || this.pendingBytes >= this.#highWaterBytes / 2) return;
    this.paused = false;
    this.lastReadAtMs = Date.now();
    this.#intake.resume();
  }

  #wakeConsumer(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}
