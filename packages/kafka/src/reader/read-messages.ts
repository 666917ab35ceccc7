import type { KafkaSession } from '../session/kafka-session.ts';
import type { MessageRecord } from './message-record.ts';
import type { PartitionOffset, ReadProgress } from './read-progress.ts';

/** Where a listing begins. `newest` walks backwards, every other one forwards. */
export type ReadFrom =
  | { readonly at: 'newest' }
  | { readonly at: 'oldest' }
  /** Offset in each wanted partition; an offset before the log's start means its start. */
  | { readonly at: 'offset'; readonly offset: bigint }
  /** First record with at least this timestamp, in milliseconds since the epoch, per partition. */
  | { readonly at: 'timestamp'; readonly timestamp: number }
  /** Resume where an earlier listing stopped. */
  | {
      readonly at: 'position';
      readonly direction: 'newest' | 'oldest';
      readonly next: readonly PartitionOffset[];
    };

export interface ReadMessagesOptions {
  readonly session: KafkaSession;
  readonly topic: string;
  /** Absent: all. With `key`: the partition is computed as the Java client does unless named here. */
  readonly partitions?: readonly number[] | undefined;
  readonly from: ReadFrom;
  /** Last timestamp wanted (inclusive, milliseconds) when reading forwards. */
  readonly toTimestamp?: number | undefined;
  /** Only records whose key has exactly these bytes. */
  readonly key?: Buffer | undefined;
  /** Records wanted; counts what matches. */
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * `messages`: found records, in final order. `progress`: at least one, and about four a second on long reads.
 * `end`: the last event; says why it ended and where to go on.
 */
export type ReadEvent =
  | { readonly tag: 'messages'; readonly messages: readonly MessageRecord[] }
  | { readonly tag: 'progress'; readonly progress: ReadProgress }
  | {
      readonly tag: 'end';
      readonly reason: 'limit' | 'exhausted' | 'aborted';
      readonly progress: ReadProgress;
      readonly next: readonly PartitionOffset[];
    };
