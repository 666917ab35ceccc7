import type { MessageRecord } from './message-record.ts';
import type { PartitionOffset, ReadProgress } from './read-progress.ts';

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
