import { envelopeEndText, sourceEndText } from './source-block.ts';

/** The wall clock in microseconds: `performance` counts them from a millisecond origin. */
function microseconds(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000);
}

/** Events of 8 KiB, as servers write them, take less than a millisecond then. */
const EVENTS_PER_READING = 8;

/**
 * The ends of envelopes, with the time at which the connector saw the row. The clock is read by `tick`, at the start of
 * a batch and after each wait, and by `pass` at every so many events: reading it for every row would cost a tenth of writing it.
 */
export class EnvelopeClock {
  readonly #tails = new Map<string, Buffer>();
  readonly #ends = new Map<string, Buffer>();
  #newestOp = '';
  #newestTail: Buffer | null = null;
  #sourceEnd: Buffer | null = null;
  #millisecond = Date.now();
  #threadId: number | null = null;
  #query: string | null = null;
  #nowUs = microseconds();
  #passed = 0;
  readonly #closing: string;

  /** `closing`: what follows the envelope. */
  constructor({ closing = '' }: { closing?: string } = {}) {
    this.#closing = closing;
  }

  /** Tells of another event of the batch. */
  pass(): void {
    this.#passed += 1;
    if (this.#passed % EVENTS_PER_READING === 0) this.tick();
  }

  /** Reads the clock for the rows that follow. */
  tick(): void {
    const millisecond = Date.now();
    if (millisecond === this.#millisecond) return;
    this.#millisecond = millisecond;
    this.#nowUs = microseconds();
    this.#forgetTails();
    this.#ends.clear();
  }

  /** What the rows that follow have in common: the connection that wrote them and, where it is known, its statement. */
  event(threadId: number | null, query: string | null): void {
    if (threadId === this.#threadId && query === this.#query) return;
    this.#threadId = threadId;
    this.#query = query;
    this.#sourceEnd = null;
    this.#forgetTails();
  }

  /** The end of an envelope without a transaction block, from behind the row number on. */
  tail(op: string): Buffer {
    if (op === this.#newestOp && this.#newestTail !== null) return this.#newestTail;
    let tail = this.#tails.get(op);
    if (tail === undefined) {
      tail = Buffer.concat([this.sourceEnd(), NULL, this.end(op)]);
      this.#tails.set(op, tail);
    }
    this.#newestOp = op;
    this.#newestTail = tail;
    return tail;
  }

  #forgetTails(): void {
    this.#tails.clear();
    this.#newestTail = null;
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
