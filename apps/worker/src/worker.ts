/** The worker put together: what it needs is opened, what it does is started, and `stop` undoes it in order. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { createDatabase, type Database } from '@sealane/db/database';
import { trimEvents } from '@sealane/db/repositories/events';
import { listDesiredStates } from '@sealane/db/repositories/pipelines';
import {
  acquireLease,
  readStatus,
  releaseLease,
  renewLease,
  writeUnheldStatus,
} from '@sealane/db/repositories/runtime';
import { deleteOldBuckets, rollUpMinutes, upsertFineBuckets } from '@sealane/db/repositories/samples';
import { deleteSilentWorkers, deleteWorker, recordWorker } from '@sealane/db/repositories/workers';
import { parseKeyring } from '@sealane/db/secrets/keyring';
import { createSecretBox } from '@sealane/db/secrets/secret-box';
import { toSealaneError } from '@sealane/errors/sealane-error';
import { listenForControl, requestLook } from '@sealane/jobs/control';
import { createLivePublisher, type LivePublisher } from '@sealane/jobs/live/live-publisher';
import { readSamplesSince } from '@sealane/jobs/live/live-samples';
import { startMaintenance } from '@sealane/jobs/maintenance';
import { createPipelineQueue, type PipelineQueue } from '@sealane/jobs/pipeline-queue';
import { startPipelineWorker } from '@sealane/jobs/pipeline-worker';
import { connectRedis, type RedisConnection } from '@sealane/jobs/redis';
import type { Logger } from 'pino';
import type { WorkerEnvironment } from './env.ts';
import { createErrorLog } from './error-log.ts';
import { createReconcile } from './jobs/reconcile.ts';
import { createRunPipelineHandler } from './jobs/run-pipeline.ts';
import { createRollUp } from './rollup/roll-up.ts';
import { DEFAULT_LEASE_TIMING, type LeaseStore } from './supervisor/lease.ts';
import { loadPipeline, readInherited } from './supervisor/load-pipeline.ts';
import { type ProcessLaunch, spawnPipelineProcess } from './supervisor/pipeline-process.ts';
import { createPipelineReporter } from './supervisor/pipeline-reporter.ts';
import { PipelineRuns } from './supervisor/pipeline-runs.ts';
import { createReportSink } from './supervisor/report-sink.ts';
import { DEFAULT_LIMITS } from './supervisor/supervision-state.ts';
import { startHeartbeat } from './worker-heartbeat.ts';

const HEARTBEAT_MS = 5_000;
const SILENT_WORKER_MS = 24 * 3_600_000;
const KEPT_EVENTS = 10_000;

export interface WorkerOptions {
  environment: WorkerEnvironment;
  launch: ProcessLaunch;
  log: Logger;
}

export interface RunningWorker {
  /** Stops taking jobs, then the processes, gives the leases back, closes the connections. Legal once. */
  stop(): Promise<void>;
}

interface Services {
  workerId: string;
  database: Database;
  redis: RedisConnection;
  queue: PipelineQueue;
  live: LivePublisher;
}

function leaseStore({ database, workerId }: Services): LeaseStore {
  return {
    acquire: (pipelineId, ttlMs) => acquireLease(database, { pipelineId, workerId, ttlMs }),
    renew: (pipelineId, lease) => renewLease(database, { pipelineId, ...lease }),
    release: (pipelineId, epoch) => releaseLease(database, { pipelineId, epoch }),
  };
}

function pipelineRuns(services: Services, { environment, launch, log }: WorkerOptions): PipelineRuns {
  const { database, live, workerId } = services;
  const secrets = createSecretBox(parseKeyring(environment.encryptionKey));
  const { offsetsTopic, producer } = environment;
  const onError = createErrorLog(log);
  return new PipelineRuns({
    leases: leaseStore(services),
    timing: DEFAULT_LEASE_TIMING,
    load: (pipelineId) =>
      loadPipeline({ database, secrets, settings: { offsetsTopic, producer } }, pipelineId),
    inherit: (pipelineId) => readInherited(database, pipelineId),
    spawn: (pipelineId) => (listeners) =>
      spawnPipelineProcess({ launch, ...listeners, log: log.child({ pipelineId }) }),
    reporter: (pipelineId, epoch) => {
      const onLiveError = (error: unknown): void => onError(toSealaneError(error));
      const sink = createReportSink({ database, live, pipelineId, epoch, workerId, onLiveError });
      return createPipelineReporter({ sink, log: log.child({ pipelineId }) });
    },
    limits: DEFAULT_LIMITS,
    lookMs: 3_000,
    flushMs: 3_000,
    log,
  });
}

function maintenanceHandlers({ database, redis, queue, live }: Services) {
  const reconcile = createReconcile({
    pipelines: () => listDesiredStates(database),
    jobs: () => queue.list(),
    ensureJob: (pipelineId) => queue.ensure(pipelineId),
    async dropJob(pipelineId) {
      await queue.remove(pipelineId);
      await requestLook({ redis }, pipelineId);
    },
    async showStopped(pipelineId) {
      if ((await writeUnheldStatus(database, pipelineId, 'stopped')) !== null) return true;
      return ((await readStatus(database, pipelineId))?.workerId ?? null) === null;
    },
    forget: (pipelineId) => live.drop(pipelineId),
  });
  const rollUp = createRollUp({
    pipelineIds: async () => (await listDesiredStates(database)).map((pipeline) => pipeline.id),
    samplesSince: (pipelineId, since) => readSamplesSince({ redis }, pipelineId, since),
    saveBuckets: (pipelineId, buckets) => upsertFineBuckets(database, pipelineId, buckets),
    rollUpMinutes: (since) => rollUpMinutes(database, since),
    async deleteOld(now) {
      await deleteOldBuckets(database, now);
      await trimEvents(database, KEPT_EVENTS);
      await deleteSilentWorkers(database, SILENT_WORKER_MS);
    },
  });
  return { reconcile, rollup: () => rollUp(Date.now()) };
}

function heartbeat(
  { database, workerId }: Services,
  { runs, log }: { runs: PipelineRuns; log: Logger },
): () => void {
  const startedAt = new Date();
  return startHeartbeat({
    beat: () =>
      recordWorker(database, {
        id: workerId,
        host: hostname(),
        startedAt,
        pipelines: runs.size,
        rssBytes: process.memoryUsage.rss(),
      }),
    everyMs: HEARTBEAT_MS,
    log,
  });
}

/** Opens Postgres and Redis and starts to take pipelines. Both may be away: it waits for them. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { environment, log } = options;
  const onError = createErrorLog(log);
  // Unique per start: a lease of an earlier process of this name is another worker's lease.
  const workerId = `${environment.workerName}-${randomBytes(3).toString('hex')}`;
  const database = createDatabase({ url: environment.databaseUrl });
  const redis = connectRedis({ url: environment.redisUrl, onError });
  const queue = createPipelineQueue({ redis });
  const services: Services = { workerId, database, redis, queue, live: createLivePublisher({ redis }) };
  const runs = pipelineRuns(services, options);

  const control = await listenForControl({ redis, onLook: (pipelineId) => runs.look(pipelineId), onError });
  const maintenance = await startMaintenance({ redis, handlers: maintenanceHandlers(services), onError });
  const isWanted = async (pipelineId: string): Promise<boolean> =>
    (await listDesiredStates(database)).some(
      ({ id, desiredState }) => id === pipelineId && desiredState !== 'stopped',
    );
  const pipelines = startPipelineWorker({
    redis,
    concurrency: environment.concurrency,
    handle: createRunPipelineHandler({ runs, isWanted }),
    onError,
  });
  const endHeartbeat = heartbeat(services, { runs, log });
  log.info({ workerId, concurrency: environment.concurrency }, 'worker started');

  return {
    async stop() {
      log.info({ pipelines: runs.size }, 'worker stops');
      await pipelines.stopTaking();
      await runs.shutdown();
      await pipelines.close();
      endHeartbeat();
      control.close();
      await maintenance.close();
      await queue.close();
      await deleteWorker(database, workerId);
      redis.disconnect();
      await database.close();
      log.info('worker stopped');
    },
  };
}
