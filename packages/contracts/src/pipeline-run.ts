import { z } from 'zod';
import { clusterConnectionSchema, flavorSchema, sourceConnectionSchema } from './connection.ts';
import { pipelineSampleSchema } from './live.ts';
import { pipelineConfigSchema } from './pipeline-config.ts';
import { errorReportSchema, runtimeStateSchema } from './pipeline-state.ts';

/** Everything a pipeline process needs, secrets resolved. Sent over IPC, never stored, never logged. */
export const pipelineRunSpecSchema = z.object({
  pipelineId: z.string(),
  name: z.string(),
  flavor: flavorSchema,
  source: sourceConnectionSchema,
  cluster: clusterConnectionSchema,
  config: pipelineConfigSchema,
  /** Resolved replica id (chosen when the configuration leaves it empty). */
  serverId: z.int(),
  /** Under which the offset is stored: the pipeline's id, or the name of the connector that it was made from. */
  offsetsName: z.string(),
  /** Compacted topic of stream offsets, shared by all pipelines of an installation. */
  offsetsTopic: z.string(),
  producer: z.enum(['auto', 'rdkafka', 'kafkajs']),
  /** Milliseconds for which a pause keeps the source's connection; absent: as long as a server bears it. */
  pauseHoldMs: z.int().min(0).optional(),
});
export type PipelineRunSpec = z.infer<typeof pipelineRunSpecSchema>;

/** Supervisor → pipeline process. */
export const pipelineCommandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), spec: pipelineRunSpecSchema, paused: z.boolean() }),
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('stop') }),
  /** The supervisor holds the pipeline's lease for this long; a process whose lease ran out ends at once. */
  z.object({ kind: z.literal('lease'), validForMs: z.number().positive() }),
]);
export type PipelineCommand = z.infer<typeof pipelineCommandSchema>;

/** Pipeline process → supervisor. */
export const pipelineReportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('state'), state: runtimeStateSchema }),
  z.object({ kind: z.literal('sample'), sample: pipelineSampleSchema }),
  z.object({
    kind: z.literal('event'),
    level: z.enum(['info', 'warn', 'error']),
    type: z.string(),
    message: z.string(),
    error: errorReportSchema.nullable(),
  }),
  /** The last word before exit: `error` null means that the run ended as asked. */
  z.object({ kind: z.literal('ended'), completed: z.boolean(), error: errorReportSchema.nullable() }),
]);
export type PipelineReport = z.infer<typeof pipelineReportSchema>;
