import { join } from 'node:path';
import { SealaneError } from '@sealane/errors/sealane-error';
import { endProcess, signalProcess } from './process/end-process.ts';
import { launchProcess } from './process/launch-process.ts';
import {
  isRunning,
  type ProcessRecord,
  readProcessRecord,
  removeProcessRecord,
} from './process/process-record.ts';
import { waitHealthy } from './process/wait-healthy.ts';
import type { ServiceAddresses } from './service-addresses.ts';
import type { ServiceContext, ServiceDefinition } from './service-definition.ts';
import type { ServiceName } from './service-name.ts';
import type { ProgressEvent, ServiceOptions } from './stack-options.ts';

const HEALTH_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 15_000;

/** One service of a running stack. */
export interface ServiceHandle<N extends ServiceName> {
  readonly address: ServiceAddresses[N];
  /** Starts it again on the same port and data; `options` replace those it had. Does nothing while it runs. */
  start(options?: ServiceOptions[N]): Promise<void>;
  /** Ends it in order and waits. Does nothing while it is down. */
  stop(): Promise<void>;
  /** SIGKILL resolves when the process is gone; SIGSTOP freezes it, SIGCONT wakes it. */
  kill(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** Asks it once with a real client; rejects when it does not serve. */
  health(): Promise<void>;
  /** Its process; null while it is down. */
  process(): Promise<ProcessRecord | null>;
}

/** What a handle is made of. */
export interface HandleOptions<N extends ServiceName> {
  definition: ServiceDefinition<N>;
  context: ServiceContext;
  dataFolder: string;
  /** True when the service must not outlive this process. */
  owned: boolean;
  onProgress: (event: ProgressEvent) => void;
}

/** Makes the handle of a service; starts nothing. */
export function createServiceHandle<N extends ServiceName>(options: HandleOptions<N>): ServiceHandle<N> {
  const { definition, context } = options;
  const running = async (): Promise<ProcessRecord | null> => {
    const record = await readProcessRecord(context.folder);
    return record !== null && (await isRunning(record)) ? record : null;
  };
  return {
    address: definition.describe(context),
    process: running,
    health: () => definition.health(context),

    async start(replaced) {
      if (replaced) context.options = { ...context.options, [definition.name]: replaced };
      if ((await running()) === null) await startService(options);
    },

    async stop() {
      const record = await running();
      if (record === null) return;
      const { signal, timeoutMs } = { signal: definition.stopSignal, timeoutMs: STOP_TIMEOUT_MS };
      options.onProgress({ service: definition.name, phase: 'stop', message: 'stopping' });
      const outcome = await endProcess(record, { signal, timeoutMs });
      await removeProcessRecord(context.folder);
      options.onProgress({
        service: definition.name,
        phase: 'stop',
        message: outcome === 'killed' ? 'killed' : 'stopped',
      });
    },

    async kill(signal) {
      const record = await running();
      if (record === null) throw notRunning(definition.title);
      if (signal === 'SIGKILL') await endProcess(record, { signal, timeoutMs: STOP_TIMEOUT_MS });
      else signalProcess(record.pid, signal);
    },
  };
}

async function startService<N extends ServiceName>(options: HandleOptions<N>): Promise<void> {
  const { definition, context, owned, onProgress } = options;
  const { name: service, title, stopSignal } = definition;
  const logFile = join(options.dataFolder, 'logs', `${service}.log`);
  const began = Date.now();
  onProgress({ service, phase: 'prepare', message: 'preparing' });
  await definition.prepare(context);
  context.signal?.throwIfAborted();
  onProgress({ service, phase: 'start', message: `starting on port ${context.port}` });
  const launch = await definition.launch(context);
  const identity = await launchProcess({ launch, folder: context.folder, logFile, owned, stopSignal });
  try {
    const check = () => definition.health(context);
    const { signal } = context;
    await waitHealthy({ title, identity, logFile, timeoutMs: HEALTH_TIMEOUT_MS, check, signal });
    await definition.settle(context);
  } catch (error) {
    await endProcess(identity, { signal: 'SIGKILL', timeoutMs: STOP_TIMEOUT_MS });
    throw error;
  }
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  onProgress({ service, phase: 'healthy', message: `healthy on port ${context.port} after ${seconds} s` });
}

function notRunning(title: string): SealaneError {
  return new SealaneError({
    code: 'STACK_SERVICE_DOWN',
    message: `${title} is not running.`,
    remedy: 'Start it first.',
  });
}
