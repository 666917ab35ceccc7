import { envelopeEndText, sourceEndText } from './source-block.ts';

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
  readonly #ends = new Map<string, Buffer>();
  #sourceEnd: Buffer | null = null;
  #millisecond = Date.now();
  #threadId: number | null = null;
  #query: string | null = null;
  #nowUs = microseconds();
  readonly #closing: string;

  /** `closing`: what follows the envelope. */
  constructor({ closing = '' }: { closing?: string } = {}) {
    this.#closing = closing;
  }

  /** Reads the clock for the rows that follow. */
  tick(): void {
    const millisecond = Date.now();
    if (millisecond === this.#millisecond) return;
    this.#millisecond = millisecond;
    this.#nowUs = microseconds();
    this.#tails.clear();
    this.#ends.clear();
  }

  /** What the rows that follow have in common: the connection that wrote them and, where it is known, its statement. */
  event(threadId: number | null, query: string | null): void {
    if (threadId === this.#threadId && query === this.#query) return;
    this.#threadId = threadId;
    this.#query = query;
    this.#sourceEnd = null;
    this.#tails.clear();
  }

  /** The end of an envelope without a transaction block, from behind the row number on. */
  tail(op: string): Buffer {
    let tail = this.#tails.get(op);
    if (tail === undefined) {
      tail = Buffer.concat([this.sourceEnd(), NULL, this.end(op)]);
      this.#tails.set(op, tail);
    }
    return tail;
  }

  /** The same end in two parts: up to the transaction block, */
  sourceEnd(): Buffer {
    this.#sourceEnd ??= Buffer.from(sourceEndText(this.#threadId, this.#query));
    return this.#sourceEnd;
  }

  /** and from behind it on. */
  end(op: string): Buffer {
    let end = this.#ends.get(op);
    if (end === undefined) {
      end = Buffer.from(envelopeEndText(op, this.#nowUs) + this.#closing);
      this.#ends.set(op, end);
    }
    return end;
  }
}

const NULL = Buffer.from('null');
