import type { SampleBucket } from '@sealane/contracts/live';
import type { Database } from '../database.ts';

/** Widths kept: ten seconds for a day, a minute for a month. */
export const FINE_SECONDS = 10;
export const COARSE_SECONDS = 60;
const FINE_KEPT_MS = 24 * 3_600_000;
const COARSE_KEPT_MS = 31 * 24 * 3_600_000;

/** Stores ten-second buckets; one that is there already is replaced. Buckets of deleted pipelines are left out. */
export async function upsertFineBuckets(
  database: Database,
  pipelineId: string,
  buckets: readonly SampleBucket[],
): Promise<void> {
  const exists = await database.prisma.pipeline.count({ where: { id: pipelineId } });
  if (exists === 0) return;
  await database.prisma.$transaction(
    buckets.map((bucket) => {
      const key = { pipelineId, seconds: FINE_SECONDS, at: new Date(bucket.at) };
      const values = columns(bucket);
      return database.prisma.pipelineSample.upsert({
        where: { pipelineId_seconds_at: key },
        create: { ...key, ...values },
        update: values,
      });
    }),
  );
}

/** Makes minutes of the ten-second buckets since `since`, for all pipelines. Repeating it changes nothing. */
export async function rollUpMinutes(database: Database, since: Date): Promise<void> {
  await database.prisma.$executeRaw`
    INSERT INTO pipeline_sample (pipeline_id, seconds, at, rows, bytes, creates, updates, deletes, reads, tombstones,
      commit_to_read_ms, read_to_queue_ms, queue_to_ack_ms, total_ms_avg, total_ms_max, commit_precision_ms, rss_bytes_max,
      cpu_percent_avg)
    SELECT pipeline_id, ${COARSE_SECONDS}::int, date_trunc('minute', at), sum(rows), sum(bytes), sum(creates),
      sum(updates), sum(deletes), sum(reads), sum(tombstones), avg(commit_to_read_ms), avg(read_to_queue_ms),
      avg(queue_to_ack_ms), avg(total_ms_avg), max(total_ms_max), max(commit_precision_ms), max(rss_bytes_max),
      avg(cpu_percent_avg)
    FROM pipeline_sample WHERE seconds = ${FINE_SECONDS} AND at >= date_trunc('minute', ${since}::timestamptz)
    GROUP BY pipeline_id, date_trunc('minute', at)
    ON CONFLICT (pipeline_id, seconds, at) DO UPDATE SET rows = excluded.rows, bytes = excluded.bytes,
      creates = excluded.creates, updates = excluded.updates, deletes = excluded.deletes, reads = excluded.reads,
      tombstones = excluded.tombstones, commit_to_read_ms = excluded.commit_to_read_ms,
      read_to_queue_ms = excluded.read_to_queue_ms, queue_to_ack_ms = excluded.queue_to_ack_ms,
      total_ms_avg = excluded.total_ms_avg, total_ms_max = excluded.total_ms_max,
      commit_precision_ms = excluded.commit_precision_ms,
      rss_bytes_max = excluded.rss_bytes_max, cpu_percent_avg = excluded.cpu_percent_avg`;
}

/** Deletes buckets past their time: ten-second ones after a day, minutes after a month. */
export async function deleteOldBuckets(database: Database, now: Date): Promise<number> {
  const { count } = await database.prisma.pipelineSample.deleteMany({
    where: {
      OR: [
        { seconds: FINE_SECONDS, at: { lt: new Date(now.getTime() - FINE_KEPT_MS) } },
        { seconds: COARSE_SECONDS, at: { lt: new Date(now.getTime() - COARSE_KEPT_MS) } },
      ],
    },
  });
  return count;
}

interface AggregatedRow {
  at: Date;
  rows: bigint;
  bytes: bigint;
  creates: bigint;
  updates: bigint;
  deletes: bigint;
  reads: bigint;
  tombstones: bigint;
  commit_to_read_ms: number | null;
  read_to_queue_ms: number | null;
  queue_to_ack_ms: number | null;
  total_ms_avg: number | null;
  total_ms_max: number | null;
  commit_precision_ms: number | null;
  rss_bytes_max: bigint;
  cpu_percent_avg: number;
}

/**
 * Buckets between `from` and `to` (epoch ms), oldest first, at most about `points` of them: widened to a multiple
 * of the stored width. Times without any sample have no bucket; they are unknown, not zero.
 */
export async function readBuckets(
  database: Database,
  query: { pipelineId: string; from: number; to: number; points: number },
): Promise<{ buckets: SampleBucket[]; secondsPerBucket: number }> {
  const span = Math.max(1, (query.to - query.from) / 1000);
  const fineReaches = query.from >= Date.now() - FINE_KEPT_MS;
  const stored = fineReaches && span / FINE_SECONDS <= query.points * 12 ? FINE_SECONDS : COARSE_SECONDS;
  const width = Math.max(1, Math.ceil(span / query.points / stored)) * stored;
  const rows = await database.prisma.$queryRaw<AggregatedRow[]>`
    SELECT to_timestamp(floor(extract(epoch FROM at) / ${width}::int) * ${width}::int) AS at,
      sum(rows)::bigint AS rows, sum(bytes)::bigint AS bytes, sum(creates)::bigint AS creates,
      sum(updates)::bigint AS updates, sum(deletes)::bigint AS deletes, sum(reads)::bigint AS reads,
      sum(tombstones)::bigint AS tombstones, avg(commit_to_read_ms) AS commit_to_read_ms,
      avg(read_to_queue_ms) AS read_to_queue_ms, avg(queue_to_ack_ms) AS queue_to_ack_ms,
      avg(total_ms_avg) AS total_ms_avg, max(total_ms_max) AS total_ms_max, max(commit_precision_ms) AS commit_precision_ms,
      max(rss_bytes_max) AS rss_bytes_max, avg(cpu_percent_avg) AS cpu_percent_avg
    FROM pipeline_sample
    WHERE pipeline_id = ${query.pipelineId} AND seconds = ${stored}
      AND at >= ${new Date(query.from)} AND at <= ${new Date(query.to)}
    GROUP BY 1 ORDER BY 1`;
  return { buckets: rows.map((row) => toBucket(row, width)), secondsPerBucket: width };
}

function columns(bucket: SampleBucket) {
  return {
    rows: integer(bucket.rowsAcknowledged),
    bytes: integer(bucket.bytesAcknowledged),
    creates: integer(bucket.operations.create),
    updates: integer(bucket.operations.update),
    deletes: integer(bucket.operations.delete),
    reads: integer(bucket.operations.read),
    tombstones: integer(bucket.operations.tombstone),
    commitToReadMs: bucket.commitToReadMs,
    readToQueueMs: bucket.readToQueueMs,
    queueToAckMs: bucket.queueToAckMs,
    totalMsAvg: bucket.totalMsAvg,
    totalMsMax: bucket.totalMsMax,
    commitPrecisionMs: bucket.commitPrecisionMs,
    rssBytesMax: integer(bucket.rssBytesMax),
    cpuPercentAvg: bucket.cpuPercentAvg,
  };
}

function toBucket(row: AggregatedRow, seconds: number): SampleBucket {
  return {
    at: row.at.getTime(),
    seconds,
    rowsAcknowledged: Number(row.rows),
    bytesAcknowledged: Number(row.bytes),
    operations: {
      create: Number(row.creates),
      update: Number(row.updates),
      delete: Number(row.deletes),
      read: Number(row.reads),
      tombstone: Number(row.tombstones),
    },
    commitToReadMs: row.commit_to_read_ms,
    readToQueueMs: row.read_to_queue_ms,
    queueToAckMs: row.queue_to_ack_ms,
    totalMsAvg: row.total_ms_avg,
    totalMsMax: row.total_ms_max,
    commitPrecisionMs: row.commit_precision_ms,
    rssBytesMax: Number(row.rss_bytes_max),
    cpuPercentAvg: row.cpu_percent_avg,
  };
}

const integer = (value: number) => BigInt(Math.round(value));
