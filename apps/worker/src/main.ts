/** Entry of the worker process: environment, log, signals. */
import { setTimeout as sleep } from 'node:timers/promises';
import { migrateDatabase } from '@sealane/db/migrate/migrate';
import { toSealaneError } from '@sealane/errors/sealane-error';
import { pino } from 'pino';
import { readWorkerEnvironment } from './env.ts';
import { createErrorLog } from './error-log.ts';
import { processLaunch } from './supervisor/process-launch.ts';
import { startWorker } from './worker.ts';

/** Milliseconds after which a shutdown that hangs is cut off. */
const SHUTDOWN_LIMIT_MS = 25_000;
const RETRY_MS = 2_000;

const environment = readWorkerEnvironment();
const log = pino({ level: environment.logLevel, base: { service: 'worker', pid: process.pid } });

let stopping = false;
let stop: () => Promise<void> = () => Promise.resolve();

function onSignal(signal: NodeJS.Signals): void {
  if (stopping) {
    log.warn({ signal }, 'second signal: ends at once');
    process.exit(1);
  }
  stopping = true;
  log.info({ signal }, 'asked to stop');
  setTimeout(() => {
    log.error('the shutdown took too long; ends at once');
    process.exit(1);
  }, SHUTDOWN_LIMIT_MS).unref();
  stop().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error({ err: error }, 'the shutdown failed');
      process.exit(1);
    },
  );
}
process.on('SIGTERM', onSignal);
process.on('SIGINT', onSignal);

/** Postgres may come up later than the worker. */
async function migrate(): Promise<void> {
  const logError = createErrorLog(log);
  while (!stopping) {
    try {
      await migrateDatabase({ databaseUrl: environment.databaseUrl });
      return;
    } catch (error) {
      const known = toSealaneError(error);
      if (!known.retriable) throw error;
      logError(known);
      await sleep(RETRY_MS);
    }
  }
}

try {
  await migrate();
  const launch = processLaunch(import.meta.url, {
    heapMb: environment.pipelineHeapMb,
    env: environment.pipelineEnvironment,
  });
  const worker = await startWorker({ environment, launch, log });
  stop = () => worker.stop();
  // A signal that came before there was anything to stop.
  if (stopping) await stop();
} catch (error) {
  log.fatal({ err: error }, 'the worker could not start');
  process.exitCode = 1;
}
