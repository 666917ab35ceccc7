import { envelopeTail } from './source-block.ts';

/** The wall clock in microseconds: `performance` counts them from a millisecond origin. */
function microseconds(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000);
}

/**
 * The ends of envelopes, with the time at which the connector saw the row. The clock is read by `tick`, once per event and
 * after each wait: reading it for every row would cost a tenth of writing it.
 */
export class EnvelopeClock {
  readonly #tails = new Map<string, Buffer>();
  #millisecond = Date.now();
  #threadId: number | null = null;
  #nowUs = microseconds();

  /** Reads the clock for the rows that follow. */
  tick(): void {
    const millisecond = Date.now();
    if (millisecond === this.#millisecond) return;
    this.#millisecond = millisecond;
    this.#nowUs = microseconds();
    this.#tails.clear();
  }

  /** What the rows that follow have in common: the connection that wrote them. */
  event(threadId: number | null): void {
    if (threadId === this.#threadId) return;
    this.#threadId = threadId;
    this.#tails.clear();
  }

  /** The end of an envelope, from behind the row number on. */
  tail(op: string): Buffer {
    let tail = this.#tails.get(op);
    if (tail === undefined) {
      tail = envelopeTail(op, this.#threadId, this.#nowUs);
      this.#tails.set(op, tail);
    }
    return tail;
  }
}
