import { SealaneError, toSealaneError } from '@sealane/errors/sealane-error';
import { type Job, WaitingError, Worker } from 'bullmq';
import { DEFAULT_PREFIX, runPipelineJob } from './definitions.ts';
import type { RedisConnection } from './redis.ts';

/** How a handler leaves a job: `done` forgets it, `hand-over` puts it back for another worker to take at once. */
export type PipelineJobOutcome = 'done' | 'hand-over';

/**
 * Runs one pipeline until it is no longer wanted. `signal` aborts when the job's lock was lost or
 * {@link PipelineWorker.cancel} was called: let go quickly then. A throw ends the job; reconciling makes a new one.
 */
export type PipelineJobHandler = (job: {
  pipelineId: string;
  signal: AbortSignal;
  /** True while the lock is surely ours, so that nobody else can have been given the job. */
  lockHeld: () => boolean;
}) => Promise<PipelineJobOutcome>;

/** The taking side of the queue of pipelines. */
export interface PipelineWorker {
  /** Takes no more jobs; those running go on. */
  stopTaking(): Promise<void>;
  /** Aborts the signal of one running job. */
  cancel(pipelineId: string): void;
  /** Waits for running handlers, then leaves Redis. */
  close(): Promise<void>;
}

export interface PipelineWorkerOptions {
  redis: RedisConnection;
  prefix?: string | undefined;
  /** Most pipelines at a time. */
  concurrency: number;
  handle: PipelineJobHandler;
  /** Failures of handlers and of the connection, each once. */
  onError: (error: SealaneError) => void;
  /** How long a dead worker's job stays locked, in ms; it is renewed every third of it. */
  lockDurationMs?: number;
}

const RENEWAL_SLACK_MS = 1000;

/** What BullMQ says of a job whose lock is lost or which a flushed Redis forgot: told as `JOB_LOCK_LOST` already. */
const AFTER_LOST_LOCK = /^(could not renew lock for job|Missing (lock|key) for job)/;

/** Starts to take jobs. A job whose worker died is taken by another within lock plus check interval. */
export function startPipelineWorker(options: PipelineWorkerOptions): PipelineWorker {
  const { redis, concurrency, handle, onError, prefix = DEFAULT_PREFIX, lockDurationMs = 8000 } = options;
  const lockedAt = new Map<string, number>();
  const worker = new Worker(
    runPipelineJob.queue,
    async (job: Job, token?: string, signal?: AbortSignal) => {
      const { pipelineId } = runPipelineJob.schema.parse(job.data);
      lockedAt.set(pipelineId, performance.now());
      const outcome = await handle({
        pipelineId,
        signal: signal ?? new AbortController().signal,
        lockHeld: () =>
          performance.now() - (lockedAt.get(pipelineId) ?? Number.NEGATIVE_INFINITY) < lockDurationMs,
      });
      if (outcome === 'done') return;
      await job.moveToWait(token);
      throw new WaitingError();
    },
    {
      connection: redis,
      prefix: `${prefix}:bull`,
      concurrency,
      lockDuration: lockDurationMs,
      lockRenewTime: Math.floor(lockDurationMs / 3),
      stalledInterval: 3000,
      // A job that is handed over wakes nobody: idle workers look every second.
      drainDelay: 1,
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    },
  );
  worker.on('error', (error) => {
    if (!AFTER_LOST_LOCK.test(error.message)) onError(toSealaneError(error));
  });
  worker.on('failed', (_job, error) => onError(toSealaneError(error)));
  worker.on('locksRenewed', ({ jobIds }) => {
    // The renewal was asked for up to a round trip ago: Redis may have begun to count earlier than we do.
    for (const id of jobIds) lockedAt.set(id, performance.now() - RENEWAL_SLACK_MS);
  });
  worker.on('lockRenewalFailed', (jobIds) => {
    for (const id of jobIds) {
      lockedAt.delete(id);
      worker.cancelJob(id, 'lock lost');
      onError(lockLost(id));
    }
  });
  return {
    stopTaking: () => worker.pause(true),
    cancel: (pipelineId) => {
      worker.cancelJob(pipelineId, 'cancelled');
    },
    close: () => worker.close(),
  };
}

function lockLost(pipelineId: string): SealaneError {
  return new SealaneError({
    code: 'JOB_LOCK_LOST',
    message: 'The lock of a running pipeline could not be renewed; another worker may take it.',
    why: 'Redis was out of reach, or this process was held up for longer than the lock lasts.',
    remedy: 'Nothing, when it stays an exception; else give the worker more CPU.',
    retriable: true,
    details: { pipelineId },
  });
}
