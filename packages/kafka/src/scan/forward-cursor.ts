import type { FetchedPartition } from '../wire/fetch.ts';
import { listBatches } from '../wire/record-batch.ts';
import type { CursorOptions, CursorStep, ScanCursor } from './scan-cursor.ts';
import { growFetch } from './scan-cursor.ts';
import { countRecords, materialize, searchBatches } from './search-batches.ts';
import { visibleBatches } from './visible-batches.ts';

const OFFSET_OUT_OF_RANGE = 1;

/** Walks a partition from its oldest wanted record to its newest; the next fetch runs while the last one is searched. */
export class ForwardCursor implements ScanCursor {
  readonly partition: number;
  readonly #options: CursorOptions;
  #position: number;
  #fetchBytes: number;
  #frontier = Number.NEGATIVE_INFINITY;
  #pending: Promise<FetchedPartition> | null = null;

  constructor(options: CursorOptions) {
    this.#options = options;
    this.partition = options.partition;
    this.#position = options.begin;
    this.#fetchBytes = options.firstFetchBytes;
  }

  get frontier(): number {
    return this.#frontier;
  }

  get position(): number {
    return this.#position;
  }

  get done(): boolean {
    return this.#position >= this.#options.end;
  }

  prefetch(): void {
    if (this.done || this.#pending !== null) return;
    this.#pending = this.#options.reader.fetch({
      partition: this.partition,
      offset: this.#position,
      maxBytes: this.#fetchBytes,
    });
    // Whoever takes the next step gets the failure; a scan that ended before must not crash the process with it.
    this.#pending.catch(() => undefined);
    this.#fetchBytes = growFetch(this.#fetchBytes, this.#options.fetchBytes);
  }

  async step(wanted: number): Promise<CursorStep> {
    this.prefetch();
    const fetched = await this.#pending;
    this.#pending = null;
    if (fetched === null) return { messages: [], truncated: false, scanned: 0, bytes: 0 };
    const { end, filter } = this.#options;
    const from = this.#position;
    const batches = listBatches(fetched.records);
    const last = batches.at(-1);
    if (fetched.errorCode === OFFSET_OUT_OF_RANGE)
      this.#position = Math.min(end, Math.max(from, fetched.logStartOffset));
    else this.#position = last === undefined ? end : Math.min(end, last.lastOffset + 1);
    if (last !== undefined) this.#frontier = last.maxTimestamp;
    this.prefetch();
    const range = { from, to: end };
    const visible = visibleBatches(batches, fetched.aborted);
    const hits = searchBatches(visible, range, filter);
    const messages = takeFirst(
      wanted,
      (start, stop) => materialize(hits.slice(start, stop), this.partition, filter),
      hits.length,
    );
    return {
      messages: messages.slice(0, wanted),
      truncated: messages.length > wanted,
      scanned: countRecords(visible, range),
      bytes: fetched.records.length,
    };
  }
}

/** Materializes in blocks until one more than wanted is there, so that a listing does not copy what nobody asked for. */
function takeFirst<T>(wanted: number, block: (start: number, stop: number) => T[], length: number): T[] {
  const taken: T[] = [];
  for (let start = 0; start < length && taken.length <= wanted; start += wanted + 1) {
    taken.push(...block(start, start + wanted + 1));
  }
  return taken;
}
