import { setTimeout as delay } from 'node:timers/promises';
import { compileFilter } from '../scan/record-filter.ts';
import { materialize, searchBatches } from '../scan/search-batches.ts';
import { visibleBatches } from '../scan/visible-batches.ts';
import type { KafkaSession } from '../session/kafka-session.ts';
import { listBatches } from '../wire/record-batch.ts';
import { compareOldestFirst, type MessageRecord } from './message-record.ts';
import type { PartitionOffset } from './read-progress.ts';
import { openTopicReader, type TopicReader } from './topic-reader.ts';

export interface TailOptions {
  readonly session: KafkaSession;
  readonly topic: string;
  /** Absent: all. */
  readonly partitions?: readonly number[] | undefined;
  /** Absent: the end of the topic. */
  readonly from?: readonly PartitionOffset[] | undefined;
  /** Milliseconds between looks. Default 200. */
  readonly intervalMs?: number | undefined;
  /** Most messages of one batch; more arrivals than that are dropped, oldest first, and counted. Default 200. */
  readonly maxPerBatch?: number | undefined;
  /** Bytes read per partition and look. Default 1 MiB. */
  readonly maxFetchBytes?: number | undefined;
  readonly signal: AbortSignal;
}

/** What arrived since the last look. */
export interface TailBatch {
  /** Oldest first; empty when nothing arrived. */
  readonly messages: readonly MessageRecord[];
  /** Offsets passed over because more arrived than a batch holds: an upper bound of records. */
  readonly dropped: number;
  /** Where the next look begins. */
  readonly next: readonly PartitionOffset[];
}

const EVERYTHING = compileFilter({});
const MIB = 1024 * 1024;

/**
 * Follows the end of a topic until the signal aborts: yields one batch per look, also an empty one, so that a stream stays alive. Memory
 * and work stay bounded however fast the topic grows: what does not fit is dropped and counted, never silently.
 */
export async function* tailMessages(options: TailOptions): AsyncGenerator<TailBatch, void, undefined> {
  const { session, topic, signal, intervalMs = 200, maxPerBatch = 200, maxFetchBytes = MIB } = options;
  const reader = await openTopicReader(session, topic);
  const next = await startOffsets(reader, options);
  while (!signal.aborted) {
    const looks = await Promise.all(
      [...next].map(([partition, offset]) =>
        look(reader, { partition, offset, maxBytes: maxFetchBytes, maxPerBatch }),
      ),
    );
    for (const { partition, offset } of looks) next.set(partition, offset);
    const arrived = looks.flatMap(({ messages }) => messages).sort(compareOldestFirst);
    const messages = arrived.slice(-maxPerBatch);
    const dropped = looks.reduce((sum, look) => sum + look.dropped, arrived.length - messages.length);
    yield {
      messages,
      dropped,
      next: [...next].map(([partition, offset]) => ({ partition, offset: BigInt(offset) })),
    };
    await sleep(intervalMs, signal);
  }
}

async function startOffsets(reader: TopicReader, options: TailOptions): Promise<Map<number, number>> {
  const partitions = options.partitions ?? reader.partitions;
  const latest = await reader.offsets('latest', partitions);
  return new Map(
    [...latest].map(([partition, end]) => {
      const from = options.from?.find((candidate) => candidate.partition === partition);
      return [partition, from === undefined ? end : Number(from.offset)];
    }),
  );
}

interface Look {
  readonly partition: number;
  readonly offset: number;
  readonly messages: readonly MessageRecord[];
  readonly dropped: number;
}

async function look(
  reader: TopicReader,
  at: { partition: number; offset: number; maxBytes: number; maxPerBatch: number },
): Promise<Look> {
  const { partition, offset, maxPerBatch } = at;
  const fetched = await reader.fetch(at);
  if (fetched.errorCode !== 0)
    return {
      partition,
      offset: fetched.logStartOffset,
      messages: [],
      dropped: Math.max(0, fetched.logStartOffset - offset),
    };
  const batches = listBatches(fetched.records);
  const reached = (batches.at(-1)?.lastOffset ?? offset - 1) + 1;
  const visible = visibleBatches(batches, fetched.aborted);
  const hits = searchBatches(visible, { from: offset, to: Number.POSITIVE_INFINITY }, EVERYTHING);
  const kept = hits.slice(-maxPerBatch);
  // Too far behind to catch up by reading on: continues near the end, as a person who watches wants to see what is new.
  const jump = Math.max(reached, fetched.lastStableOffset - maxPerBatch);
  return {
    partition,
    offset: jump,
    messages: materialize(kept, partition, EVERYTHING),
    dropped: hits.length - kept.length + (jump - reached),
  };
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
}
