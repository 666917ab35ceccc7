import { type SealaneError, toSealaneError } from '@sealane/errors/sealane-error';
import { Queue, Worker } from 'bullmq';
import { DEFAULT_PREFIX, type MaintenanceJobName, maintenanceJobs } from './definitions.ts';
import type { RedisConnection } from './redis.ts';

export interface MaintenanceOptions {
  redis: RedisConnection;
  prefix?: string | undefined;
  /** One handler per kind. A throw is reported and the next turn comes as always. */
  handlers: Record<MaintenanceJobName, () => Promise<void>>;
  onError: (error: SealaneError) => void;
}

/** How often it is checked that the schedules are still there: a flushed Redis forgets them. */
const CHECK_MS = 5_000;

/** Schedules what is not scheduled; what is stays as it is, so that its turns do not shift. */
async function schedule(queue: Queue): Promise<void> {
  for (const job of Object.values(maintenanceJobs)) {
    if ((await queue.getJobScheduler(job.name))?.every === job.everyMs) continue;
    await queue.upsertJobScheduler(
      job.name,
      { every: job.everyMs },
      { name: job.name, data: job.schema.parse({}), opts: { removeOnComplete: true, removeOnFail: true } },
    );
  }
}

/** Schedules the maintenance jobs (once per installation) and takes part in doing them. */
export async function startMaintenance(options: MaintenanceOptions): Promise<{ close(): Promise<void> }> {
  const { redis, handlers, onError, prefix = DEFAULT_PREFIX } = options;
  const shared = { connection: redis, prefix: `${prefix}:bull` };
  const queue = new Queue(maintenanceJobs.reconcile.queue, shared);
  await schedule(queue);
  let checking = false;
  const timer = setInterval(() => {
    if (checking) return;
    checking = true;
    schedule(queue)
      .catch((error: unknown) => onError(toSealaneError(error)))
      .finally(() => {
        checking = false;
      });
  }, CHECK_MS);
  const worker = new Worker(
    maintenanceJobs.reconcile.queue,
    async (job) => {
      const kind = job.name === 'rollup' ? 'rollup' : 'reconcile';
      maintenanceJobs[kind].schema.parse(job.data);
      await handlers[kind]();
    },
    { ...shared, concurrency: 1, removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } },
  );
  worker.on('error', (error) => onError(toSealaneError(error)));
  worker.on('failed', (_job, error) => onError(toSealaneError(error)));
  return {
    async close() {
      clearInterval(timer);
      await worker.close();
      await queue.close();
    },
  };
}
