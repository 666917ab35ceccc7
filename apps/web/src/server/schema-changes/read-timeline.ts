import type {
  SchemaChangeDetail,
  SchemaChangeItem,
  SchemaChangePage,
} from '@sealane/contracts/api/schema-changes';
import { type HistoryRecordJson, historyRecordSchema } from '@sealane/contracts/schema-history';
import { schemaHistoryTopic } from '@sealane/contracts/topic-names';
import type { PipelineRow } from '@sealane/db/repositories/pipelines';
import { SealaneError } from '@sealane/errors/sealane-error';
import { topicWatermarks } from '@sealane/kafka/admin/watermarks';
import { readMessages } from '@sealane/kafka/reader/read-messages';
import type { KafkaSession } from '@sealane/kafka/session/kafka-session';
import { notFound } from '../http/not-found.ts';
import { captureRule } from '../pipelines/captured-tables.ts';
import type { Services } from '../services.ts';
import { tableDiff, tableEffect } from './table-diff.ts';
import { TimelineWalk, type WalkedRecord } from './timeline-walk.ts';

const MIB = 1024 * 1024;
/** What one answer reads of the topic at most: a page, and one change with the versions that it is compared with. */
const PAGE_BUDGET = { records: 5_000, bytes: 16 * MIB };
const DETAIL_BUDGET = { records: 50_000, bytes: 64 * MIB };
const MOST_DDL = 500;
const MOST_TABLES = 20;

export interface TimelineQuery {
  before?: string | undefined;
  table?: string | undefined;
  origin: 'all' | 'statement' | 'snapshot';
  limit: number;
}

/** A page of a pipeline's schema history, newest first. Throws what reading Kafka throws; a missing topic is an answer. */
export async function readTimeline(
  services: Services,
  pipeline: PipelineRow,
  query: TimelineQuery,
): Promise<SchemaChangePage> {
  const topic = schemaHistoryTopic(pipeline.config);
  const session = await services.kafka.get(pipeline.cluster.id);
  const range = await rangeOf(session, topic);
  const nothing = {
    topic,
    exists: range !== null,
    startMissing: range !== null && range.start > 0n,
    end: (range?.end ?? 0n).toString(),
    items: [],
    next: null,
    scanned: 0,
    unreadable: 0,
  };
  if (range === null || query.limit === 0) return nothing;
  const walk = new TimelineWalk({
    ...query,
    table: query.table ?? '',
    captures: captureRule(pipeline.config),
  });
  const before = query.before === undefined ? range.end : BigInt(query.before);
  const walked = await walkBack(walk, {
    session,
    topic,
    server: pipeline.config.topicPrefix,
    before,
    budget: PAGE_BUDGET,
  });
  if (walked.reachedStart && range.start === 0n) walk.end();
  const more = walk.hasMore ? walk.items.at(-1)?.offset : walked.reachedStart ? undefined : walked.last;
  return {
    ...nothing,
    items: walk.items.map(toItem),
    next: more?.toString() ?? null,
    scanned: walked.scanned,
    unreadable: walked.unreadable,
  };
}

/** One change with its column diffs. Throws `NOT_FOUND` when the topic has no such record of this pipeline. */
export async function readTimelineChange(
  services: Services,
  pipeline: PipelineRow,
  offset: string,
): Promise<SchemaChangeDetail> {
  const topic = schemaHistoryTopic(pipeline.config);
  const session = await services.kafka.get(pipeline.cluster.id);
  const range = await rangeOf(session, topic);
  if (range === null) throw notFound('schema change', offset);
  const walk = new TimelineWalk({
    limit: 1,
    table: '',
    origin: 'all',
    captures: captureRule(pipeline.config),
  });
  const before = BigInt(offset) + 1n;
  const server = pipeline.config.topicPrefix;
  const walked = await walkBack(walk, { session, topic, server, before, budget: DETAIL_BUDGET });
  if (walked.reachedStart && range.start === 0n) walk.end();
  const [item] = walk.items;
  if (item === undefined || item.offset.toString() !== offset) throw notFound('schema change', offset);
  return { ...common(item), ddl: item.record.ddl ?? '', tables: item.changes.map(tableDiff) };
}

interface Walked {
  scanned: number;
  unreadable: number;
  /** The oldest offset looked at. */
  last: bigint;
  reachedStart: boolean;
}

interface WalkRange {
  session: KafkaSession;
  topic: string;
  /** `topic.prefix`: other servers' records may share the topic. */
  server: string;
  before: bigint;
  budget: { records: number; bytes: number };
}

async function walkBack(
  walk: TimelineWalk,
  { session, topic, server, before, budget }: WalkRange,
): Promise<Walked> {
  const walked: Walked = { scanned: 0, unreadable: 0, last: before, reachedStart: false };
  let bytes = 0;
  const events = readMessages({
    session,
    topic,
    partitions: [0],
    from: { at: 'position', direction: 'newest', next: [{ partition: 0, offset: before }] },
    limit: budget.records,
  });
  for await (const event of events) {
    if (event.tag === 'end') walked.reachedStart = event.reason === 'exhausted';
    if (event.tag !== 'messages') continue;
    for (const { value, valueBytes, offset } of event.messages) {
      walked.scanned += 1;
      walked.last = offset;
      bytes += valueBytes;
      const record = value === null ? null : decode(value);
      if (record === null) walked.unreadable += 1;
      else if (record.source.server === server) walk.take(record, offset);
      if (walk.isSettled || bytes > budget.bytes) return walked;
    }
  }
  return walked;
}

function decode(value: Buffer): HistoryRecordJson | null {
  try {
    return historyRecordSchema.safeParse(JSON.parse(value.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

async function rangeOf(session: KafkaSession, topic: string): Promise<{ start: bigint; end: bigint } | null> {
  try {
    const [first] = await topicWatermarks(session, topic);
    return first === undefined ? null : { start: first.earliest, end: first.latest };
  } catch (thrown) {
    if (thrown instanceof SealaneError && thrown.code === 'KAFKA_TOPIC_UNKNOWN') return null;
    throw thrown;
  }
}

function toItem(walked: WalkedRecord): SchemaChangeItem {
  const ddl = walked.record.ddl ?? '';
  return {
    ...common(walked),
    ddl: ddl.slice(0, MOST_DDL),
    ddlTruncated: ddl.length > MOST_DDL,
    tables: walked.changes.slice(0, MOST_TABLES).map(tableEffect),
    tableCount: walked.changes.length,
  };
}

function common({ offset, origin, record }: WalkedRecord): Omit<SchemaChangeDetail, 'ddl' | 'tables'> {
  const { file, pos, gtids, ts_sec: seconds, server_id: serverId } = record.position;
  return {
    offset: offset.toString(),
    origin,
    database: record.databaseName || null,
    recordedAtMs: record.ts_ms ?? null,
    committedAtMs: seconds === undefined || seconds === 0 ? null : seconds * 1000,
    position: { file, pos: String(pos), gtids: gtids ?? null, serverId: serverId?.toString() ?? null },
  };
}
