import type { MessageRecord } from '../reader/message-record.ts';
import type { ReadEvent } from '../reader/read-event.ts';
import type { PartitionOffset } from '../reader/read-progress.ts';
import type { KafkaSession } from '../session/kafka-session.ts';
import { planScan } from './plan-scan.ts';
import { compileFilter } from './record-filter.ts';
import { runScan } from './run-scan.ts';

/** A search over a topic. Everything but `session`, `topic`, `direction` and `limit` narrows it. */
export interface ScanOptions {
  readonly session: KafkaSession;
  readonly topic: string;
  /** Absent: all. */
  readonly partitions?: readonly number[] | undefined;
  /** Which end to start from. `newest` returns the newest matches first. */
  readonly direction: 'newest' | 'oldest';
  /** Bytes that must occur in the key or value (UTF-8 of what the person typed). Empty or absent: every record matches. */
  readonly text?: string | undefined;
  /** Where `text` is looked for. Default `both`. */
  readonly scope?: 'key' | 'value' | 'both' | undefined;
  /** Ignores case, by Unicode simple lower-casing of text that decodes as UTF-8. Default false. */
  readonly ignoreCase?: boolean | undefined;
  /** Inclusive, milliseconds since the epoch. */
  readonly fromTimestamp?: number | undefined;
  /** Inclusive, milliseconds since the epoch. */
  readonly toTimestamp?: number | undefined;
  /** The record must carry this header, with this value when one is given. */
  readonly header?: { readonly name: string; readonly value?: string | undefined } | undefined;
  /** A last word on a record that passed everything else, e.g. the operation of a change event. */
  readonly accept?: ((message: MessageRecord) => boolean) | undefined;
  /** Matches wanted; scanned records do not count. */
  readonly limit: number;
  /** Resume token: the `next` of an earlier search of the same direction. */
  readonly resume?: readonly PartitionOffset[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of one fetch answer. Default 2 MiB; up to four partitions have one under way. */
  readonly fetchBytes?: number | undefined;
}

/**
 * Searches a topic without a consumer group, read committed. Yields matches as soon as their place in the order by timestamp is certain
 * (within a partition the order is that of offsets), progress about four times a second, and one `end` last, which says where to resume.
 * Records that arrive after the start are not searched. Memory is bounded by a few fetches and the matches in waiting.
 * Throws a SealaneError: `KAFKA_TOPIC_UNKNOWN`, `KAFKA_TOPIC_NOT_ALLOWED`, `KAFKA_BATCH_CORRUPT`, or a connection's.
 */
export async function* scanMessages(options: ScanOptions): AsyncGenerator<ReadEvent, void, undefined> {
  const filter = compileFilter(options);
  yield* runScan(await planScan({ ...options, filter }));
}
