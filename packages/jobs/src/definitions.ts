import { z } from 'zod';

/** A kind of job: parsed when it is enqueued and again when it starts. The payload holds ids only. */
export interface JobDefinition<S extends z.ZodType> {
  queue: string;
  name: string;
  schema: S;
}

/** Runs a pipeline for as long as it is wanted. One job per pipeline: its id is the pipeline's. */
export const runPipelineJob = {
  queue: 'pipelines',
  name: 'run-pipeline',
  schema: z.strictObject({ pipelineId: z.string().min(1).max(100) }),
} as const satisfies JobDefinition<z.ZodType>;

const nothing = z.strictObject({});

/** Work that one worker does for all, at an interval. */
export const maintenanceJobs = {
  /** Enqueues pipelines that should run and have no job. */
  reconcile: { queue: 'maintenance', name: 'reconcile', schema: nothing, everyMs: 5000 },
  /** Rolls live samples up into Postgres and deletes old ones. */
  rollup: { queue: 'maintenance', name: 'rollup', schema: nothing, everyMs: 10_000 },
} as const satisfies Record<string, JobDefinition<z.ZodType> & { everyMs: number }>;
export type MaintenanceJobName = keyof typeof maintenanceJobs;

/** Namespace of this installation's keys in Redis. */
export const DEFAULT_PREFIX = 'sealane';
