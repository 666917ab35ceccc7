import { z } from 'zod';

/** What a person asked for. Stored with the definition; workers make it so. */
export const desiredStateSchema = z.enum(['running', 'paused', 'stopped']);
export type DesiredState = z.infer<typeof desiredStateSchema>;

/**
 * What a pipeline is doing, as its worker last reported.
 * - `pending`: asked to run, no worker has taken it yet
 * - `starting`: process up, connecting, reading schema and offset
 * - `snapshotting` / `running`: rows flow (or would, were there any)
 * - `waiting`: something outside failed and is retried with backoff, or a step of the start takes long; the reason says what
 * - `paused`: connections held open, nothing is read; `stopped`: no process
 * - `stopping`: draining what was read before it stops
 * - `completed`: an initial_only pipeline has copied everything
 * - `failed`: needs a person; the reason says what to do
 */
export const runtimeStateSchema = z.enum([
  'pending',
  'starting',
  'snapshotting',
  'running',
  'waiting',
  'paused',
  'stopping',
  'stopped',
  'completed',
  'failed',
]);
export type RuntimeState = z.infer<typeof runtimeStateSchema>;

/** The JSON form of a `SealaneError`. */
export const errorReportSchema = z.object({
  code: z.string(),
  message: z.string(),
  why: z.string().nullable(),
  remedy: z.string().nullable(),
  retriable: z.boolean(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type ErrorReportJson = z.infer<typeof errorReportSchema>;

/** State as shown: with its reason, since when, and when the next try is due. */
export const pipelineStatusSchema = z.object({
  state: runtimeStateSchema,
  since: z.iso.datetime(),
  reason: errorReportSchema.nullable(),
  /** Attempt number of the running backoff; 0 when all is well. */
  attempt: z.int().min(0),
  nextAttemptAt: z.iso.datetime().nullable(),
  workerId: z.string().nullable(),
});
export type PipelineStatus = z.infer<typeof pipelineStatusSchema>;
