import { Queue } from 'bullmq';
import { DEFAULT_PREFIX, runPipelineJob } from './definitions.ts';
import type { RedisConnection } from './redis.ts';

/** The queue from which workers take pipelines. */
export interface PipelineQueue {
  /** Makes sure that a job for the pipeline waits or runs. Repeating it changes nothing. */
  ensure(pipelineId: string): Promise<void>;
  /** Takes a waiting job out; a running one ends by itself when its pipeline is no longer wanted. */
  remove(pipelineId: string): Promise<void>;
  /** Pipelines with a waiting or running job. */
  list(): Promise<string[]>;
  close(): Promise<void>;
}

export interface PipelineQueueOptions {
  redis: RedisConnection;
  prefix?: string | undefined;
}

/** Connects lazily through the given connection, which stays open after `close`. */
export function createPipelineQueue({ redis, prefix = DEFAULT_PREFIX }: PipelineQueueOptions): PipelineQueue {
  const queue = new Queue(runPipelineJob.queue, {
    connection: redis,
    prefix: `${prefix}:bull`,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
  return {
    async ensure(pipelineId) {
      const payload = runPipelineJob.schema.parse({ pipelineId });
      await queue.add(runPipelineJob.name, payload, { jobId: pipelineId });
    },
    async remove(pipelineId) {
      await queue.remove(pipelineId);
    },
    async list() {
      const jobs = await queue.getJobs(['waiting', 'active', 'delayed', 'prioritized']);
      return jobs.flatMap((job) => (job.id === undefined ? [] : [job.id]));
    },
    close: () => queue.close(),
  };
}
