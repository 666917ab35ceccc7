import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { pageOf, pageQuerySchema } from './paging.ts';

/** Offsets are text: 64-bit numbers do not survive a JavaScript number. */
const offsetText = z.string().regex(/^-?\d{1,19}$/);

export const topicSummarySchema = z.object({
  name: z.string(),
  partitions: z.int(),
  replicationFactor: z.int(),
  internal: z.boolean(),
  /** Sum of end minus start offsets: an upper bound for compacted topics. */
  messages: z.string().nullable(),
  bytes: z.string().nullable(),
  cleanupPolicy: z.string().nullable(),
  /** Pipelines that write to it. */
  pipelines: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type TopicSummary = z.infer<typeof topicSummarySchema>;

export const topicPartitionSchema = z.object({
  partition: z.int(),
  leader: z.int(),
  replicas: z.array(z.int()),
  inSyncReplicas: z.array(z.int()),
  earliestOffset: offsetText.nullable(),
  latestOffset: offsetText.nullable(),
  bytes: z.string().nullable(),
});

export const topicDetailSchema = topicSummarySchema.extend({
  partitionList: z.array(topicPartitionSchema),
  config: z.array(z.object({ name: z.string(), value: z.string().nullable(), isDefault: z.boolean() })),
});
export type TopicDetail = z.infer<typeof topicDetailSchema>;

/** Bytes of a key, value or header, as text where they are text and always as they are. */
export const payloadSchema = z.object({
  /** `null` is Kafka's null (a tombstone's value), not the empty string. */
  kind: z.enum(['null', 'empty', 'json', 'text', 'binary']),
  /** The text, exact digits included; cut at `truncatedAt` bytes; base64 for binary. */
  text: z.string().nullable(),
  bytes: z.int(),
  truncated: z.boolean(),
});
export type Payload = z.infer<typeof payloadSchema>;

/** What makes a record a change event, read from its envelope. */
export const changeSummarySchema = z.object({
  op: z.enum(['c', 'u', 'd', 'r', 't']).nullable(),
  tombstone: z.boolean(),
  database: z.string().nullable(),
  table: z.string().nullable(),
  /** `file:position`, GTID and commit time of the source. */
  position: z.string().nullable(),
  gtid: z.string().nullable(),
  snapshot: z.string().nullable(),
  sourceAtMs: z.number().nullable(),
});

export const messageSchema = z.object({
  partition: z.int(),
  offset: offsetText,
  timestampMs: z.number(),
  key: payloadSchema,
  value: payloadSchema,
  headers: z.array(z.object({ name: z.string(), value: payloadSchema })),
  change: changeSummarySchema.nullable(),
});
export type Message = z.infer<typeof messageSchema>;

export const messageQuerySchema = z.object({
  topic: z.string().min(1).max(249),
  /** newest: newest first, back in time; oldest: from the start; offset/time: from there on; live: what comes from now on. */
  from: z.enum(['newest', 'oldest', 'offset', 'time', 'live']).default('newest'),
  offset: offsetText.optional(),
  fromTime: z.coerce.number().int().optional(),
  toTime: z.coerce.number().int().optional(),
  partition: z.coerce.number().int().min(0).optional(),
  /** Substring of key or value bytes. */
  search: z.string().max(1000).optional(),
  ignoreCase: z.stringbool().or(z.boolean()).default(false),
  /** Exact key: only its partition is read. */
  key: z.string().max(10_000).optional(),
  op: z.enum(['c', 'u', 'd', 'r', 't']).optional(),
  hideTombstones: z.stringbool().or(z.boolean()).default(false),
  /** Counts matches, never scanned messages. */
  limit: z.coerce.number().int().min(1).max(2000).default(50),
  /** Token of an earlier answer: goes on where that one stopped. */
  resume: z.string().max(20_000).optional(),
});
export type MessageQuery = z.input<typeof messageQuerySchema>;

/** What a message search streams. Progress at most twice a second, `done` is always last. */
export const messageEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('messages'), messages: z.array(messageSchema), dropped: z.number() }),
  z.object({
    kind: z.literal('progress'),
    scanned: z.number(),
    total: z.number().nullable(),
    matched: z.number(),
    bytes: z.number(),
    elapsedMs: z.number(),
    etaMs: z.number().nullable(),
  }),
  z.object({
    kind: z.literal('done'),
    reason: z.enum(['end', 'limit', 'aborted']),
    resume: z.string().nullable(),
  }),
]);
export type MessageEvent = z.infer<typeof messageEventSchema>;

const cluster = z.object({ clusterId: z.string() });
const topicParams = cluster.extend({ topic: z.string().min(1).max(249) });

export const topicsContract = {
  list: oc
    .route({ method: 'GET', path: '/clusters/{clusterId}/topics', summary: 'List topics', tags: ['Topics'] })
    .input(
      pageQuerySchema.extend({
        clusterId: z.string(),
        internal: z.stringbool().or(z.boolean()).default(false),
      }),
    )
    .output(pageOf(topicSummarySchema)),
  get: oc
    .route({
      method: 'GET',
      path: '/clusters/{clusterId}/topics/{topic}',
      summary: 'Get a topic',
      tags: ['Topics'],
    })
    .input(topicParams)
    .output(topicDetailSchema),
  messages: oc
    .route({
      method: 'GET',
      path: '/clusters/{clusterId}/topics/{topic}/messages',
      summary: 'Read, search or follow messages (server-sent events)',
      tags: ['Topics'],
    })
    .input(cluster.extend(messageQuerySchema.shape))
    .output(eventIterator(messageEventSchema)),
  message: oc
    .route({
      method: 'GET',
      path: '/clusters/{clusterId}/topics/{topic}/partitions/{partition}/messages/{offset}',
      summary: 'Get one message whole',
      tags: ['Topics'],
    })
    .input(topicParams.extend({ partition: z.coerce.number().int().min(0), offset: offsetText }))
    .output(messageSchema),
};
