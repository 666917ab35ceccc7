import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { liveMessageSchema, pipelineEventSchema, pipelineSampleSchema, sampleBucketSchema } from '../live.ts';
import { pipelineConfigSchema } from '../pipeline-config.ts';
import { desiredStateSchema, pipelineStatusSchema } from '../pipeline-state.ts';
import { pageOf, pageQuerySchema } from './paging.ts';
import { schemaChangesContract } from './schema-changes.ts';

const nameSchema = z
  .string()
  .trim()
  .min(1, 'Required')
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]*$/, 'Letters, digits, space, dot, underscore and hyphen');

const refSchema = z.object({ id: z.string(), name: z.string() });

export const pipelineSchema = z.object({
  id: z.string(),
  name: z.string(),
  source: refSchema.extend({ flavor: z.string(), host: z.string() }),
  cluster: refSchema,
  config: pipelineConfigSchema,
  desiredState: desiredStateSchema,
  status: pipelineStatusSchema,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Pipeline = z.infer<typeof pipelineSchema>;

/** A list row: the definition, its newest sample, and a minute of total lag for the sparkline. */
export const pipelineListItemSchema = pipelineSchema.extend({
  sample: pipelineSampleSchema.nullable(),
  lagHistory: z.array(z.object({ at: z.number(), totalMs: z.number().nullable() })),
});
export type PipelineListItem = z.infer<typeof pipelineListItemSchema>;

export const pipelineInputSchema = z.strictObject({
  name: nameSchema,
  sourceId: z.string().min(1, 'Required'),
  clusterId: z.string().min(1, 'Required'),
  config: pipelineConfigSchema,
  start: z.boolean().default(true),
});

/** What the pipeline would do, before it is created. */
export const pipelinePreviewSchema = z.object({
  tables: z.array(
    z.object({
      table: z.string(),
      topic: z.string(),
      rowsEstimated: z.number().nullable(),
      key: z.array(z.string()),
      topicExists: z.boolean(),
    }),
  ),
  warnings: z.array(z.string()),
});
export type PipelinePreview = z.infer<typeof pipelinePreviewSchema>;

export const pipelineActionSchema = z.enum(['start', 'stop', 'pause', 'resume', 'restart']);
export type PipelineAction = z.infer<typeof pipelineActionSchema>;

const id = z.object({ id: z.string() });
const route = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: `/${string}`, summary: string) =>
  oc.route({ method, path, summary, tags: ['Pipelines'] });

export const pipelinesContract = {
  list: route('GET', '/pipelines', 'List pipelines with their live state')
    .input(pageQuerySchema.extend({ state: z.string().max(40).optional() }))
    .output(pageOf(pipelineListItemSchema)),
  get: route('GET', '/pipelines/{id}', 'Get a pipeline').input(id).output(pipelineListItemSchema),
  create: oc
    .route({
      method: 'POST',
      path: '/pipelines',
      summary: 'Create a pipeline',
      tags: ['Pipelines'],
      successStatus: 201,
    })
    .input(pipelineInputSchema)
    .output(pipelineSchema),
  preview: route('POST', '/pipelines/preview', 'What a definition would capture')
    .input(pipelineInputSchema)
    .output(pipelinePreviewSchema),
  update: route('PATCH', '/pipelines/{id}', 'Change a pipeline; a running one restarts with it')
    .input(id.extend({ name: nameSchema.optional(), config: pipelineConfigSchema.optional() }))
    .output(pipelineSchema),
  remove: oc
    .route({
      method: 'DELETE',
      path: '/pipelines/{id}',
      summary: 'Stop and delete a pipeline; topics and offsets stay',
      tags: ['Pipelines'],
      successStatus: 204,
    })
    .input(id),
  act: oc
    .route({
      method: 'POST',
      path: '/pipelines/{id}/actions/{action}',
      summary: 'Start, stop, pause, resume or restart',
      tags: ['Pipelines'],
      successStatus: 202,
    })
    .input(id.extend({ action: pipelineActionSchema }))
    .output(pipelineSchema),
  events: route('GET', '/pipelines/{id}/events', 'Events log, newest first')
    .input(
      id.extend({
        before: z.string().optional(),
        level: z.enum(['info', 'warn', 'error']).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ items: z.array(pipelineEventSchema), next: z.string().nullable() })),
  history: route('GET', '/pipelines/{id}/history', 'Rolled-up samples for charts')
    .input(
      id.extend({
        from: z.coerce.number().int(),
        to: z.coerce.number().int(),
        points: z.coerce.number().int().min(10).max(2000).default(300),
      }),
    )
    .output(z.object({ buckets: z.array(sampleBucketSchema), secondsPerBucket: z.int() })),
  ...schemaChangesContract,
  live: route('GET', '/pipelines/{id}/live', 'Live samples, states and events (server-sent events)')
    .input(id)
    .output(eventIterator(liveMessageSchema)),
  liveAll: route(
    'GET',
    '/pipelines/live',
    'Live samples and states of all pipelines (server-sent events)',
  ).output(eventIterator(liveMessageSchema)),
};
