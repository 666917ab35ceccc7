import type { PositionJson, SnapshotProgress } from '@sealane/contracts/live';
import type { Change } from '../change/change.ts';

/** Live facts of a source; totals since it was opened. */
export interface SourceStats {
  readonly bytesRead: number;
  /** Bytes received and not yet yielded. */
  readonly pendingBytes: number;
  /** `Date.now()` of the last bytes from the server; null before the first. */
  readonly lastContactAtMs: number | null;
  /** Behind the newest change that was yielded. */
  readonly position: PositionJson | null;
  readonly snapshot: SnapshotProgress | null;
}

/**
 * Where changes come from. `changes` may be iterated once; a consumer that does not come back makes the source stop
 * reading. It ends when the source was told to stop or has no more (a snapshot without a stream), and throws a
 * SealaneError when the source broke. `stats` at any time; `close` at any time, idempotent.
 */
export interface ChangeSource {
  /** Batches of changes that were read together. The array is reused: valid until the next step. */
  changes(): AsyncIterable<readonly Change[]>;
  stats(): SourceStats;
  close(): Promise<void>;
}
