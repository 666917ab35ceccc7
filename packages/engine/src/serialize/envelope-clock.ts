import { envelopeTail } from './source-block.ts';

/** The wall clock in microseconds: `performance` counts them from a millisecond origin. */
function microseconds(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000);
}

/**
 * The ends of envelopes, made anew only when a millisecond has passed or the thread changes: a reading of the clock for
 * each row would cost more than the row.
 */
export class EnvelopeTails {
  readonly #tails = new Map<string, Buffer>();
  #millisecond = 0;
  #threadId: number | null = null;
  #nowUs = 0;

  get(op: string, threadId: number | null): Buffer {
    const millisecond = Date.now();
    if (millisecond !== this.#millisecond || threadId !== this.#threadId) {
      this.#millisecond = millisecond;
      this.#threadId = threadId;
      this.#nowUs = microseconds();
      this.#tails.clear();
    }
    let tail = this.#tails.get(op);
    if (tail === undefined) {
      tail = envelopeTail(op, threadId, this.#nowUs);
      this.#tails.set(op, tail);
    }
    return tail;
  }
}
