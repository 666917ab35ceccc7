import { z } from 'zod';
import { errorReportSchema, pipelineStatusSchema, runtimeStateSchema } from './pipeline-state.ts';

/**
 * What a running pipeline reports each second. Milliseconds unless a name says otherwise; `null` is unknown,
 * `0` is zero. Counters are totals since the process started, so that a reader can take any difference.
 */

/** Where the stream stands in the source's binlog. */
export const positionSchema = z.object({
  file: z.string(),
  /** Byte position in the file; text because it may pass 2^53 in theory and is never calculated with. */
  position: z.string(),
  gtid: z.string().nullable(),
});
export type PositionJson = z.infer<typeof positionSchema>;

/** How late the newest record of the last second was at each stage. */
export const stageLagSchema = z.object({
  /**
   * Source commit → read from the binlog. MariaDB and old MySQL report commit times in whole seconds only
   * (`commitPrecisionMs` 1000); the figure is then the least it can be.
   */
  commitToReadMs: z.number().nullable(),
  /** Read → handed to the Kafka client (serialised, enqueued). */
  readToQueueMs: z.number().nullable(),
  /** Enqueued → acknowledged by all in-sync replicas. */
  queueToAckMs: z.number().nullable(),
  /** Source commit → acknowledged: the whole. 0 while the source is idle and everything is acknowledged. */
  totalMs: z.number().nullable(),
  /** By how much `commitToReadMs` and `totalMs` may be more than told; 1 where nothing waits. */
  commitPrecisionMs: z.number(),
});
export type StageLag = z.infer<typeof stageLagSchema>;

export const operationCountsSchema = z.object({
  create: z.number(),
  update: z.number(),
  delete: z.number(),
  read: z.number(),
  tombstone: z.number(),
});
export type OperationCounts = z.infer<typeof operationCountsSchema>;

export const tableCountersSchema = operationCountsSchema.extend({
  /** `database.table`. */
  table: z.string(),
  topic: z.string(),
  bytes: z.number(),
  /** Commit time of the newest event, epoch milliseconds. */
  lastEventAtMs: z.number().nullable(),
});
export type TableCounters = z.infer<typeof tableCountersSchema>;

export const snapshotProgressSchema = z.object({
  tablesTotal: z.int(),
  tablesDone: z.int(),
  currentTable: z.string().nullable(),
  rowsRead: z.number(),
  /** From the server's statistics: an estimate. */
  rowsEstimated: z.number().nullable(),
});
export type SnapshotProgress = z.infer<typeof snapshotProgressSchema>;

export const pipelineSampleSchema = z.object({
  /** Epoch milliseconds at the pipeline process. */
  at: z.number(),
  /** Changes with every process start, so that counters of two runs are never subtracted. */
  runId: z.string(),
  state: runtimeStateSchema,
  /** Rows read from the source, totals since start. */
  rowsRead: z.number(),
  rowsAcknowledged: z.number(),
  /** Bytes read from the binlog connection and bytes of keys and values acknowledged, totals since start. */
  bytesRead: z.number(),
  bytesAcknowledged: z.number(),
  transactions: z.number(),
  operations: operationCountsSchema,
  /** Rates over the last second. */
  rowsPerSecondRead: z.number(),
  rowsPerSecondAcknowledged: z.number(),
  bytesPerSecondAcknowledged: z.number(),
  lag: stageLagSchema,
  queueRecords: z.number(),
  queueBytes: z.number(),
  /** The position read, and the one that a restart would resume from. */
  position: positionSchema.nullable(),
  committedPosition: positionSchema.nullable(),
  /** Newest heartbeat or event from the source, epoch milliseconds: idle is not stuck. */
  lastSourceContactAtMs: z.number().nullable(),
  /** Commit time of the newest acknowledged event, epoch milliseconds. */
  newestEventAtMs: z.number().nullable(),
  /** What the pipeline waits for right now, e.g. an unreachable broker. */
  waitingFor: z
    .object({ stage: z.enum(['source', 'kafka']), message: z.string(), sinceMs: z.number() })
    .nullable(),
  rssBytes: z.number(),
  heapBytes: z.number(),
  cpuPercent: z.number(),
  errors: z.number(),
  tables: z.array(tableCountersSchema),
  snapshot: snapshotProgressSchema.nullable(),
});
export type PipelineSample = z.infer<typeof pipelineSampleSchema>;

export const pipelineEventLevels = ['info', 'warn', 'error'] as const;
/** One line of a pipeline's events log: kept in Postgres, sent live. */
export const pipelineEventSchema = z.object({
  id: z.string(),
  pipelineId: z.string(),
  at: z.iso.datetime(),
  level: z.enum(pipelineEventLevels),
  /** e.g. `pipeline.started`, `snapshot.completed`, `pipeline.retrying`, `action.requested`. */
  type: z.string(),
  message: z.string(),
  error: errorReportSchema.nullable(),
  /** The user or token that asked for it, or the worker that reports it. */
  actor: z.string().nullable(),
});
export type PipelineEvent = z.infer<typeof pipelineEventSchema>;

/** What a live subscription (SSE) of one pipeline yields. */
export const liveMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sample'), pipelineId: z.string(), sample: pipelineSampleSchema }),
  z.object({ kind: z.literal('status'), pipelineId: z.string(), status: pipelineStatusSchema }),
  z.object({ kind: z.literal('event'), pipelineId: z.string(), event: pipelineEventSchema }),
  z.object({ kind: z.literal('keepalive'), at: z.number() }),
]);
export type LiveMessage = z.infer<typeof liveMessageSchema>;

/** One rolled-up bucket of samples: what the history charts draw. */
export const sampleBucketSchema = z.object({
  at: z.number(),
  /** Width of the bucket in seconds. */
  seconds: z.int(),
  rowsAcknowledged: z.number(),
  bytesAcknowledged: z.number(),
  operations: operationCountsSchema,
  commitToReadMs: z.number().nullable(),
  readToQueueMs: z.number().nullable(),
  queueToAckMs: z.number().nullable(),
  totalMsAvg: z.number().nullable(),
  totalMsMax: z.number().nullable(),
  /** The coarsest `commitPrecisionMs` of its samples; null where it was not kept. */
  commitPrecisionMs: z.number().nullable(),
  rssBytesMax: z.number(),
  cpuPercentAvg: z.number(),
});
export type SampleBucket = z.infer<typeof sampleBucketSchema>;
