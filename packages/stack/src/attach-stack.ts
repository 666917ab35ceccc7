import { resolve } from 'node:path';
import { loadCredentials } from './data/credentials.ts';
import { loadPorts } from './data/ports.ts';
import type { ServiceHandle } from './service-handle.ts';
import { isServiceName, SERVICE_NAMES, type ServiceName } from './service-name.ts';
import type { ProgressEvent } from './stack-options.ts';
import { createHandles, stopInOrder } from './start-stack.ts';

/** The services that were ever started in a data folder, seen from another process. */
export interface AttachedStack {
  readonly names: readonly ServiceName[];
  /** The handle of a service; throws `STACK_SERVICE_DOWN` for one that was never started here. */
  handle(name: ServiceName): ServiceHandle<ServiceName>;
  /** Stops services (all when none is named) in order. */
  stop(names: readonly ServiceName[]): Promise<void>;
}

/** Looks at a data folder without starting anything. */
export async function attachStack(options: {
  dataDir: string;
  onProgress?: (event: ProgressEvent) => void;
}): Promise<AttachedStack> {
  const dataDir = resolve(options.dataDir);
  const credentials = await loadCredentials(dataDir);
  const ports = await loadPorts(dataDir);
  const known = Object.keys(ports).filter(isServiceName);
  const names = SERVICE_NAMES.filter((name) => known.includes(name));
  const { onProgress } = options;
  const handles = createHandles(
    { lifetime: 'detached', ...(onProgress ? { onProgress } : {}) },
    { dataDir, names, ports, credentials },
  );
  return {
    names,
    handle: (name) => handles[name],
    stop: (wanted) =>
      stopInOrder(wanted.length === 0 ? names : names.filter((name) => wanted.includes(name)), handles),
  };
}
