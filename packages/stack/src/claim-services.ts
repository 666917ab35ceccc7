import { join } from 'node:path';
import { SealaneError } from '@sealane/errors/sealane-error';
import { endProcess } from './process/end-process.ts';
import { identify, isRunning, readProcessRecord, removeProcessRecord } from './process/process-record.ts';
import type { ServiceName } from './service-name.ts';
import { ALL_SERVICES } from './services/all-services.ts';

const STOP_TIMEOUT_MS = 15_000;

/**
 * Looks at what earlier starts left in a data folder: ends orphans (their owner is gone), forgets processes that
 * ended, and returns the names of the services that are down. Throws `STACK_DATA_IN_USE` when another live process
 * owns one of them, or when an owned stack is wanted where a detached one runs.
 */
export async function claimServices(options: {
  dataDir: string;
  names: readonly ServiceName[];
  lifetime: 'owned' | 'detached';
}): Promise<ServiceName[]> {
  const down: ServiceName[] = [];
  for (const name of options.names) {
    const folder = join(options.dataDir, name);
    const record = await readProcessRecord(folder);
    if (record === null || !(await isRunning(record))) {
      await removeProcessRecord(folder);
      down.push(name);
      continue;
    }
    const orphan = record.owner !== null && !(await isRunning(record.owner));
    if (orphan) {
      await endProcess(record, { signal: ALL_SERVICES[name].stopSignal, timeoutMs: STOP_TIMEOUT_MS });
      await removeProcessRecord(folder);
      down.push(name);
    } else if (options.lifetime === 'owned' || record.owner !== null) {
      const self = await identify(process.pid);
      const mine = record.owner?.pid === self?.pid && record.owner?.startTicks === self?.startTicks;
      if (!mine) throw inUse(name, { dataDir: options.dataDir, pid: record.owner?.pid ?? record.pid });
    }
  }
  return down;
}

function inUse(name: ServiceName, details: { dataDir: string; pid: number }): SealaneError {
  return new SealaneError({
    code: 'STACK_DATA_IN_USE',
    message: `${ALL_SERVICES[name].title} already runs on this data folder.`,
    why: `Process ${details.pid} holds ${details.dataDir}.`,
    remedy: 'Stop it (`npm run stack -- down --data <folder>`), or choose another data folder.',
    details,
  });
}
