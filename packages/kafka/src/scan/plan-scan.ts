import type { PartitionOffset } from '../reader/read-progress.ts';
import { openTopicReader, type TopicReader } from '../reader/topic-reader.ts';
import type { KafkaSession } from '../session/kafka-session.ts';
import { protocolError } from '../session/protocol-error.ts';
import { BackwardCursor } from './backward-cursor.ts';
import { ForwardCursor } from './forward-cursor.ts';
import type { RecordFilter } from './record-filter.ts';
import type { RunScanOptions } from './run-scan.ts';

const MIB = 1024 * 1024;
const DEFAULT_FETCH_BYTES = 2 * MIB;
const FIRST_FETCH_BYTES = 128 * 1024;
const UNKNOWN_PARTITION = 3;

/** What a scan or listing covers. */
export interface ScanPlan {
  readonly session: KafkaSession;
  readonly topic: string;
  readonly partitions?: readonly number[] | undefined;
  readonly direction: 'newest' | 'oldest';
  readonly filter: RecordFilter;
  readonly limit: number;
  /** Lowest offset wanted in every partition. */
  readonly fromOffset?: bigint | undefined;
  readonly fromTimestamp?: number | undefined;
  readonly toTimestamp?: number | undefined;
  readonly resume?: readonly PartitionOffset[] | undefined;
  readonly fetchBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Finds the offsets that the plan covers in each partition and sets a cursor on each. */
export async function planScan(plan: ScanPlan, opened?: TopicReader): Promise<RunScanOptions> {
  const reader = opened ?? (await openTopicReader(plan.session, plan.topic));
  const partitions = choosePartitions(reader, plan.partitions);
  const [begins, ends] = await Promise.all([
    lowerBounds(plan, reader, partitions),
    upperBounds(plan, reader, partitions),
  ]);
  const { direction, filter } = plan;
  const fetchBytes = plan.fetchBytes ?? DEFAULT_FETCH_BYTES;
  let total = 0;
  const cursors = partitions.map((partition) => {
    const range = narrow(
      { begin: begins.get(partition) ?? 0, end: ends.get(partition) ?? 0 },
      resumeAt(plan, partition),
      direction,
    );
    total += range.end - range.begin;
    const options = {
      reader,
      partition,
      ...range,
      filter,
      fetchBytes,
      firstFetchBytes: Math.min(FIRST_FETCH_BYTES, fetchBytes),
    };
    return direction === 'newest' ? new BackwardCursor(options) : new ForwardCursor(options);
  });
  return { cursors, direction, limit: plan.limit, total, signal: plan.signal };
}

function choosePartitions(reader: TopicReader, wanted: readonly number[] | undefined): readonly number[] {
  if (wanted === undefined) return reader.partitions;
  const known = new Set(reader.partitions);
  for (const partition of wanted) {
    if (!known.has(partition)) throw protocolError(UNKNOWN_PARTITION, `${reader.topic}[${partition}]`);
  }
  return [...new Set(wanted)];
}

async function lowerBounds(
  { fromOffset, fromTimestamp }: ScanPlan,
  reader: TopicReader,
  partitions: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const earliest = await reader.offsets('earliest', partitions);
  if (fromOffset !== undefined) {
    const offset = Number(fromOffset);
    return new Map([...earliest].map(([partition, first]) => [partition, Math.max(first, offset)]));
  }
  if (fromTimestamp === undefined) return earliest;
  const [found, latest] = await Promise.all([
    reader.offsetsAt(fromTimestamp, partitions),
    reader.offsets('latest', partitions),
  ]);
  return new Map([...latest].map(([partition, end]) => [partition, found.get(partition) ?? end]));
}

async function upperBounds(
  { toTimestamp }: ScanPlan,
  reader: TopicReader,
  partitions: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const latest = await reader.offsets('latest', partitions);
  if (toTimestamp === undefined) return latest;
  const after = await reader.offsetsAt(toTimestamp + 1, partitions);
  return new Map(
    [...latest].map(([partition, end]) => [partition, Math.min(end, after.get(partition) ?? end)]),
  );
}

function resumeAt({ resume }: ScanPlan, partition: number): number | null {
  const found = resume?.find((candidate) => candidate.partition === partition);
  return found === undefined ? null : Number(found.offset);
}

function narrow(
  range: { begin: number; end: number },
  resume: number | null,
  direction: 'newest' | 'oldest',
): { begin: number; end: number } {
  const begin = resume !== null && direction === 'oldest' ? Math.max(range.begin, resume) : range.begin;
  const end = resume !== null && direction === 'newest' ? Math.min(range.end, resume) : range.end;
  return { begin: Math.min(begin, end), end };
}
