import { compareNewestFirst, compareOldestFirst, type MessageRecord } from '../reader/message-record.ts';
import type { ReadEvent } from '../reader/read-event.ts';
import type { PartitionOffset } from '../reader/read-progress.ts';
import type { ScanCursor } from './scan-cursor.ts';
import { ScanTally } from './scan-tally.ts';

const PREFETCHED = 4;
const PROGRESS_MS = 250;

export interface RunScanOptions {
  readonly cursors: readonly ScanCursor[];
  readonly direction: 'newest' | 'oldest';
  readonly limit: number;
  /** Offsets in the whole range. */
  readonly total: number;
  readonly signal?: AbortSignal | undefined;
}

/** A cursor with what it found and nobody has been given yet. */
interface Lane {
  readonly cursor: ScanCursor;
  pending: MessageRecord[];
  truncated: boolean;
  lastEmitted: bigint | null;
}

/**
 * Merges the partitions' walks into one order by timestamp: always steps the partition that lies furthest behind, and gives a match out
 * once no other partition can still bring one before it.
 */
export async function* runScan(options: RunScanOptions): AsyncGenerator<ReadEvent, void, undefined> {
  const lanes = options.cursors.map(
    (cursor): Lane => ({ cursor, pending: [], truncated: false, lastEmitted: null }),
  );
  const tally = new ScanTally(
    lanes.map(({ cursor }) => cursor),
    options.total,
  );
  const merge = new LaneMerge(lanes, options.direction);
  let nextProgress = 0;
  for (;;) {
    const ready = merge.takeReady(options.limit - tally.matched);
    tally.matched += ready.length;
    if (ready.length > 0) yield { tag: 'messages', messages: ready };
    const reason = endReason(options, tally, merge);
    if (reason !== null) {
      yield { tag: 'end', reason, progress: tally.progress(), next: merge.positions() };
      return;
    }
    if (performance.now() >= nextProgress) {
      nextProgress = performance.now() + PROGRESS_MS;
      yield { tag: 'progress', progress: tally.progress() };
    }
    const lane = merge.furthestBehind();
    if (lane === null) continue;
    const step = await lane.cursor.step(options.limit - tally.matched);
    lane.pending.push(...step.messages);
    lane.truncated = step.truncated;
    tally.scanned += step.scanned;
    tally.bytes += step.bytes;
  }
}

function endReason(
  { limit, signal }: RunScanOptions,
  tally: ScanTally,
  merge: LaneMerge,
): 'limit' | 'exhausted' | 'aborted' | null {
  if (tally.matched >= limit) return 'limit';
  if (signal?.aborted) return 'aborted';
  return merge.finished ? 'exhausted' : null;
}

class LaneMerge {
  readonly #lanes: readonly Lane[];
  readonly #newest: boolean;

  constructor(lanes: readonly Lane[], direction: 'newest' | 'oldest') {
    this.#lanes = lanes;
    this.#newest = direction === 'newest';
  }

  get finished(): boolean {
    return this.#lanes.every(({ cursor, pending }) => cursor.done && pending.length === 0);
  }

  /** The lane to step next, with a few of those after it asking for their bytes meanwhile; null when none can step. */
  furthestBehind(): Lane | null {
    const open = this.#lanes.filter(({ cursor, truncated }) => !cursor.done && !truncated);
    if (open.length > 1) open.sort((a, b) => this.#order(a.cursor.frontier, b.cursor.frontier));
    for (const { cursor } of open.slice(0, PREFETCHED)) cursor.prefetch();
    return open[0] ?? null;
  }

  /** Matches whose place in the order is certain, at most `wanted`. */
  takeReady(wanted: number): MessageRecord[] {
    const compare = this.#newest ? compareNewestFirst : compareOldestFirst;
    const ready: MessageRecord[] = [];
    while (ready.length < wanted) {
      const lane = this.#firstLane(compare);
      const head = lane?.pending[0];
      if (lane === undefined || head === undefined || !this.#isCertain(lane, head)) break;
      lane.pending.shift();
      lane.lastEmitted = head.offset;
      ready.push(head);
    }
    return ready;
  }

  /** Where each partition's scan continues, so that everything not given out is found again. */
  positions(): PartitionOffset[] {
    return this.#lanes.map(({ cursor, pending, truncated, lastEmitted }) => {
      const after = this.#newest ? 0n : 1n;
      const head = pending[0];
      if (head !== undefined)
        return { partition: cursor.partition, offset: this.#newest ? head.offset + 1n : head.offset };
      if (truncated && lastEmitted !== null)
        return { partition: cursor.partition, offset: lastEmitted + after };
      return { partition: cursor.partition, offset: BigInt(cursor.position) };
    });
  }

  #firstLane(compare: (a: MessageRecord, b: MessageRecord) => number): Lane | undefined {
    let first: Lane | undefined;
    for (const lane of this.#lanes) {
      const head = lane.pending[0];
      const best = first?.pending[0];
      if (head !== undefined && (best === undefined || compare(head, best) < 0)) first = lane;
    }
    return first;
  }

  #isCertain(lane: Lane, head: MessageRecord): boolean {
    return this.#lanes.every((other) => {
      if (other === lane || other.pending.length > 0 || other.cursor.done || other.truncated) return true;
      return this.#order(head.timestamp, other.cursor.frontier) <= 0;
    });
  }

  /** Negative: `a` comes first in the scan's direction. */
  #order(a: number, b: number): number {
    if (a === b) return 0;
    return a > b === this.#newest ? -1 : 1;
  }
}
