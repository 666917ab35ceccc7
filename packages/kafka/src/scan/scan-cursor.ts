import type { MessageRecord } from '../reader/message-record.ts';
import type { TopicReader } from '../reader/topic-reader.ts';
import type { RecordFilter } from './record-filter.ts';

/** What a cursor is made of. */
export interface CursorOptions {
  readonly reader: TopicReader;
  readonly partition: number;
  /** First offset of the range. */
  readonly begin: number;
  /** Offset after the range. */
  readonly end: number;
  readonly filter: RecordFilter;
  /** Largest fetch. */
  readonly fetchBytes: number;
  /** First fetch; later ones double up to the largest. */
  readonly firstFetchBytes: number;
}

/** What one step of a cursor brought. */
export interface CursorStep {
  /** In the cursor's direction; at most as many as were asked for. */
  readonly messages: readonly MessageRecord[];
  /** More would have matched in this step than were asked for; the cursor must not be stepped again. */
  readonly truncated: boolean;
  readonly scanned: number;
  readonly bytes: number;
}

/**
 * Walks one partition in one direction. `prefetch` may be called at any time; `step` while not `done` and not truncated, one at a time.
 */
export interface ScanCursor {
  readonly partition: number;
  /** Timestamp near which the cursor stands: nothing behind it is expected beyond. Infinite before the first step. */
  readonly frontier: number;
  readonly done: boolean;
  /** Where the walk continues: exclusive upper bound when walking backwards. */
  readonly position: number;
  /** Asks for the next bytes unless that is under way. */
  prefetch(): void;
  /** Reads on and returns what matches, at most `wanted` messages. */
  step(wanted: number): Promise<CursorStep>;
}

/** Bytes asked for next, after `bytes` were asked for last. */
export function growFetch(bytes: number, largest: number): number {
  return Math.min(largest, bytes * 2);
}
