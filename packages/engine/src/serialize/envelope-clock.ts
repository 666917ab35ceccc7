import { envelopeTail } from './source-block.ts';

/** The wall clock in microseconds: `performance` counts them from a millisecond origin. */
function microseconds(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000);
}

/** Tails that may follow one reading of the clock: some tens of microseconds of work. */
const TAILS_PER_READING = 32;

/**
 * The ends of envelopes, made anew only when a millisecond has passed or the thread changes. The clock is read when an event
 * begins and then for every few rows: a reading for each would cost a good part of the row.
 */
export class EnvelopeTails {
  readonly #tails = new Map<string, Buffer>();
  #newest: Buffer | null = null;
  #newestOp = '';
  #left = 0;
  #millisecond = 0;
  #threadId: number | null = null;
  #nowUs = 0;

  /** The rows that follow are of a transaction of this thread. */
  begin(threadId: number | null): void {
    if (threadId !== this.#threadId) {
      this.#threadId = threadId;
      this.#forget();
    }
    this.#readClock();
  }

  get(op: string): Buffer {
    if (this.#left === 0) this.#readClock();
    this.#left -= 1;
    if (this.#newest !== null && this.#newestOp === op) return this.#newest;
    const tail = this.#tails.get(op) ?? envelopeTail(op, this.#threadId, this.#nowUs);
    this.#tails.set(op, tail);
    this.#newest = tail;
    this.#newestOp = op;
    return tail;
  }

  #readClock(): void {
    this.#left = TAILS_PER_READING;
    const millisecond = Date.now();
    if (millisecond === this.#millisecond) return;
    this.#millisecond = millisecond;
    this.#nowUs = microseconds();
    this.#forget();
  }

  #forget(): void {
    this.#tails.clear();
    this.#newest = null;
  }
}
