import type { MessageRecord } from '../reader/message-record.ts';
import type { FetchedPartition } from '../wire/fetch.ts';
import { listBatches, type RecordBatch } from '../wire/record-batch.ts';
import type { CursorOptions, CursorStep, ScanCursor } from './scan-cursor.ts';
import { growFetch } from './scan-cursor.ts';
import { countRecords, type Hit, materialize, searchBatches } from './search-batches.ts';
import { visibleBatches } from './visible-batches.ts';

const OFFSET_OUT_OF_RANGE = 1;
const FIRST_SPAN = 256;
const LEAST_BYTES = 16 * 1024;
/** A window spans several batches where it may, because up to one batch of every fetch comes in vain. */
const BATCHES_PER_WINDOW = 4;
const LARGEST_WINDOW_BYTES = 8 * 1024 * 1024;
const MAX_REPLANS = 4;

interface Window {
  readonly start: number;
  readonly fetched: Promise<FetchedPartition>;
}

/**
 * Walks a partition from its newest wanted record to its oldest. Kafka reads forwards only, so it asks for windows of offsets that end
 * where the last one began, sized by the bytes per offset seen so far: gaps of compacted topics widen them, large records narrow them.
 */
export class BackwardCursor implements ScanCursor {
  readonly partition: number;
  readonly #options: CursorOptions;
  #begin: number;
  #end: number;
  #targetBytes: number;
  #bytesPerOffset: number | null = null;
  /** The largest batch of the last fetch. */
  #batchBytes = 0;
  #frontier = Number.POSITIVE_INFINITY;
  #replans = 0;
  #pending: Window | null = null;

  constructor(options: CursorOptions) {
    this.#options = options;
    this.partition = options.partition;
    this.#begin = options.begin;
    this.#end = options.end;
    this.#targetBytes = options.firstFetchBytes;
  }

  get frontier(): number {
    return this.#frontier;
  }

  get position(): number {
    return this.#end;
  }

  get done(): boolean {
    return this.#end <= this.#begin;
  }

  prefetch(): void {
    if (this.done || this.#pending !== null) return;
    const span =
      this.#bytesPerOffset === null ? FIRST_SPAN : Math.floor(this.#windowBytes() / this.#bytesPerOffset);
    const start = Math.max(this.#begin, this.#end - Math.max(1, span));
    const fetched = this.#fetch(start, this.#end);
    // Whoever takes the next step gets the failure; a scan that ended before must not crash the process with it.
    fetched.catch(() => undefined);
    this.#pending = { start, fetched };
  }

  async step(wanted: number): Promise<CursorStep> {
    this.prefetch();
    const window = this.#pending;
    this.#pending = null;
    if (window === null) return emptyStep(0);
    const fetched = await window.fetched;
    if (fetched.errorCode === OFFSET_OUT_OF_RANGE) {
      this.#begin = Math.min(this.#end, Math.max(this.#begin, fetched.logStartOffset));
      return emptyStep(0);
    }
    const batches = listBatches(fetched.records);
    if (this.#isTooLarge(window.start, batches, fetched.records.length))
      return emptyStep(fetched.records.length);
    return this.#take(window.start, { fetched, batches }, wanted);
  }

  /** When less than half of a window came, its records are larger than thought: narrows the next plan instead of reading on. */
  #isTooLarge(start: number, batches: readonly RecordBatch[], bytes: number): boolean {
    const last = batches.at(-1);
    if (last === undefined || last.lastOffset + 1 >= this.#end) return false;
    const came = last.lastOffset + 1 - Math.min(start, batches[0]?.baseOffset ?? start);
    this.#bytesPerOffset = bytes / came;
    if (came > (this.#end - start) / 2 || this.#replans >= MAX_REPLANS) return false;
    this.#replans += 1;
    return true;
  }

  async #take(
    start: number,
    first: { fetched: FetchedPartition; batches: readonly RecordBatch[] },
    wanted: number,
  ): Promise<CursorStep> {
    // The first batch may begin before the window; taking it whole spares reading it again.
    const from = Math.max(this.#begin, Math.min(start, first.batches[0]?.baseOffset ?? start));
    const range = { from, to: this.#end };
    const { filter } = this.#options;
    let { fetched, batches } = first;
    let scanned = 0;
    let bytes = 0;
    let found: MessageRecord[] = [];
    for (;;) {
      bytes += fetched.records.length;
      const reached = (batches.at(-1)?.lastOffset ?? Number.POSITIVE_INFINITY) + 1;
      const complete = reached >= range.to;
      this.#measure(batches, range);
      if (complete) this.#advance(from, first.batches[0]);
      const visible = visibleBatches(batches, fetched.aborted);
      scanned += countRecords(visible, range);
      found = [...found, ...takeLast(searchBatches(visible, range, filter), wanted + 1, this)].slice(
        -wanted - 1,
      );
      if (complete) break;
      fetched = await this.#fetch(reached, range.to);
      batches = listBatches(fetched.records);
    }
    const messages = found.reverse();
    return { messages: messages.slice(0, wanted), truncated: messages.length > wanted, scanned, bytes };
  }

  /** Materializes the last hits in blocks from the end until enough are there. */
  materializeHits(hits: readonly Hit[]): MessageRecord[] {
    return materialize(hits, this.partition, this.#options.filter);
  }

  /** Learns the size of batches, and the bytes per offset from those that lie in the window. */
  #measure(batches: readonly RecordBatch[], range: { from: number; to: number }): void {
    const inside = batches.filter(({ baseOffset }) => baseOffset < range.to);
    const last = inside.at(-1);
    if (last === undefined) {
      this.#bytesPerOffset = Math.max(1, (this.#bytesPerOffset ?? 1) / 8);
      return;
    }
    this.#batchBytes = Math.max(...inside.map(({ start, end }) => end - start));
    const covered = last.lastOffset + 1 - Math.min(range.from, inside[0]?.baseOffset ?? range.from);
    this.#bytesPerOffset = (last.end - (inside[0]?.start ?? 0)) / covered;
  }

  #advance(from: number, first: RecordBatch | undefined): void {
    this.#end = from;
    if (first !== undefined) this.#frontier = first.appendTime ? first.maxTimestamp : first.baseTimestamp;
    this.#targetBytes = growFetch(this.#targetBytes, this.#options.fetchBytes);
    this.#replans = 0;
    this.prefetch();
  }

  #windowBytes(): number {
    return Math.min(LARGEST_WINDOW_BYTES, Math.max(this.#targetBytes, this.#batchBytes * BATCHES_PER_WINDOW));
  }

  /** Asks for one batch more than the estimate, because the first batch usually begins before the offset. */
  #fetch(offset: number, end: number): Promise<FetchedPartition> {
    const estimate =
      this.#bytesPerOffset === null
        ? this.#targetBytes
        : (end - offset) * this.#bytesPerOffset + this.#batchBytes;
    const maxBytes = Math.min(LARGEST_WINDOW_BYTES * 2, Math.max(LEAST_BYTES, Math.ceil(estimate)));
    return this.#options.reader.fetch({ partition: this.partition, offset, maxBytes });
  }
}

function takeLast(hits: readonly Hit[], wanted: number, cursor: BackwardCursor): MessageRecord[] {
  let taken: MessageRecord[] = [];
  for (let stop = hits.length; stop > 0 && taken.length < wanted; stop -= wanted) {
    taken = [...cursor.materializeHits(hits.slice(Math.max(0, stop - wanted), stop)), ...taken];
  }
  return taken.slice(-wanted);
}

function emptyStep(bytes: number): CursorStep {
  return { messages: [], truncated: false, scanned: 0, bytes };
}
