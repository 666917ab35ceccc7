import type { Change } from '../change/change.ts';

/** One batch on its way: when it was committed, read, queued. Milliseconds since the epoch by our clock, fractional. */
export interface FlowMark {
  /** Number of the batch's last record. */
  sequence: number;
  /** Rows and bytes queued up to this batch, totals. */
  rows: number;
  bytes: number;
  /** Commit time of its newest transaction, corrected to our clock. */
  committedAt: number;
  /** The same by the source's clock, as records show it. */
  eventAtMs: number;
  /** What that time is exact to: 1000 where the source counts whole seconds. */
  precisionMs: number;
  readAt: number;
  queuedAt: number;
}

/** A mark whose records are all acknowledged. */
export interface CompletedMark extends FlowMark {
  acknowledgedAt: number;
}

/** Marks that may wait for acknowledgement; beyond it the newest takes over its predecessor. */
const MOST_MARKS = 512;

function now(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Measures the flow by marks, one per batch, so that the row path carries none of it. `batchRead` and `batchQueued` around
 * each batch, `acknowledged` whenever the producer says so.
 */
export class FlowMeter {
  transactions = 0;
  rowsAcknowledged = 0;
  bytesAcknowledged = 0;
  newestEventAtMs: number | null = null;
  /** Source clock minus ours, milliseconds. */
  clockOffsetMs = 0;
  readonly #marks: FlowMark[] = [];
  #completed: CompletedMark | null = null;
  #rowsQueued = 0;
  #readAt = 0;
  #newest: { eventAtMs: number; committedAtUs: number | null } | null = null;

  batchRead(batch: readonly Change[]): void {
    this.#readAt = now();
    this.#newest = newestCommit(batch);
  }

  /** Rows queued up to the newest batch. */
  get rowsRead(): number {
    return this.#rowsQueued;
  }

  /** `totals`: rows and bytes queued since the start. */
  batchQueued(sequence: number, totals: { rows: number; bytes: number }): void {
    this.#rowsQueued = totals.rows;
    if (this.#newest === null || sequence === 0) return;
    const { eventAtMs, committedAtUs } = this.#newest;
    const mark: FlowMark = {
      sequence,
      ...totals,
      committedAt: (committedAtUs === null ? eventAtMs : committedAtUs / 1000) - this.clockOffsetMs,
      eventAtMs,
      precisionMs: committedAtUs === null ? 1000 : 1,
      readAt: this.#readAt,
      queuedAt: now(),
    };
    if (this.#marks.length >= MOST_MARKS) this.#marks.pop();
    this.#marks.push(mark);
  }

  acknowledged(sequence: number): void {
    let newest: FlowMark | undefined;
    let count = 0;
    for (const mark of this.#marks) {
      if (mark.sequence > sequence) break;
      newest = mark;
      count += 1;
    }
    if (newest === undefined) return;
    this.#marks.splice(0, count);
    this.rowsAcknowledged = newest.rows;
    this.bytesAcknowledged = newest.bytes;
    this.newestEventAtMs = newest.eventAtMs;
    this.#completed = { ...newest, acknowledgedAt: now() };
  }

  /** The newest mark completed since the last call. */
  takeCompleted(): CompletedMark | null {
    const completed = this.#completed;
    this.#completed = null;
    return completed;
  }

  /** The oldest mark that still waits for acknowledgement. */
  get oldestWaiting(): FlowMark | null {
    return this.#marks[0] ?? null;
  }
}

function newestCommit(batch: readonly Change[]): { eventAtMs: number; committedAtUs: number | null } | null {
  for (let index = batch.length - 1; index >= 0; index -= 1) {
    const change = batch[index];
    if (change?.tag === 'commit' || change?.tag === 'begin') {
      return { eventAtMs: change.committedAtMs, committedAtUs: change.committedAtUs };
    }
    if (change?.tag === 'rows') {
      return { eventAtMs: change.timestampMs, committedAtUs: change.transaction.committedAtUs };
    }
    if (change?.tag === 'snapshot-rows') return { eventAtMs: change.timestampMs, committedAtUs: null };
  }
  return null;
}
