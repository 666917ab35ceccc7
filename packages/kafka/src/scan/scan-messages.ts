import type { MessageRecord } from '../reader/message-record.ts';
import type { ReadEvent } from '../reader/read-messages.ts';
import type { PartitionOffset } from '../reader/read-progress.ts';
import type { KafkaSession } from '../session/kafka-session.ts';

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
  /** Bytes of one fetch answer per partition. Default 4 MiB; memory is about four times that. */
  readonly fetchBytes?: number | undefined;
}

/** The events of a search are those of a listing: matches as soon as they are final, progress, end. */
export type ScanEvent = ReadEvent;
