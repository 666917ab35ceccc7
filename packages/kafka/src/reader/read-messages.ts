import { keyPartition } from '../partition/murmur2.ts';
import { planScan } from '../scan/plan-scan.ts';
import { compileFilter } from '../scan/record-filter.ts';
import { runScan } from '../scan/run-scan.ts';
import type { KafkaSession } from '../session/kafka-session.ts';
import type { ReadEvent } from './read-event.ts';
import type { PartitionOffset } from './read-progress.ts';
import { openTopicReader } from './topic-reader.ts';

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
  /** Last timestamp wanted (inclusive, milliseconds). */
  readonly toTimestamp?: number | undefined;
  /** Only records whose key has exactly these bytes. */
  readonly key?: Buffer | undefined;
  /** Records wanted; counts what matches. */
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Lists a topic's records without a consumer group, read committed, in the order of their timestamps across partitions and of their
 * offsets within one. Records that arrive after the start are not listed. Throws as `scanMessages` does.
 */
export async function* readMessages(
  options: ReadMessagesOptions,
): AsyncGenerator<ReadEvent, void, undefined> {
  const { session, topic, from, key, toTimestamp, limit, signal } = options;
  const reader = await openTopicReader(session, topic);
  const partitions =
    options.partitions ?? (key === undefined ? undefined : [keyPartition(key, reader.partitions.length)]);
  const fromTimestamp = from.at === 'timestamp' ? from.timestamp : undefined;
  const plan = await planScan(
    {
      session,
      topic,
      partitions,
      direction: from.at === 'position' ? from.direction : from.at === 'newest' ? 'newest' : 'oldest',
      filter: compileFilter({ key, fromTimestamp, toTimestamp }),
      limit,
      fromOffset: from.at === 'offset' ? from.offset : undefined,
      fromTimestamp,
      toTimestamp,
      resume: from.at === 'position' ? from.next : undefined,
      signal,
    },
    reader,
  );
  yield* runScan(plan);
}
