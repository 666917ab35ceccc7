import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SealaneError } from '@sealane/errors/sealane-error';
import { claimServices } from './claim-services.ts';
import { type Credentials, loadCredentials } from './data/credentials.ts';
import { choosePorts, HOST, type PortPair } from './data/ports.ts';
import { readStackEnvironment } from './env.ts';
import { checkRequirements } from './requirements/requirement.ts';
import type { ServiceAddresses } from './service-addresses.ts';
import type { ServiceContext } from './service-definition.ts';
import { createServiceHandle, type ServiceHandle } from './service-handle.ts';
import type { ServiceName } from './service-name.ts';
import { ALL_SERVICES, inStartOrder } from './services/all-services.ts';
import type { ProgressEvent, ServiceOptions } from './stack-options.ts';

/** What to start and how. */
export interface StartStackOptions<N extends ServiceName> {
  /** The services wanted; those they need come along. */
  services: readonly N[];
  /** Everything the stack keeps: data, logs, ports, passwords. The same folder gives the same stack again. */
  dataDir: string;
  options?: ServiceOptions;
  /** `owned` (the default): the services end with this process. `detached`: they outlive it. */
  lifetime?: 'owned' | 'detached';
  /** `free` (the default) takes ports that nobody uses, `fixed` the usual ones. */
  ports?: 'free' | 'fixed';
  onProgress?: (event: ProgressEvent) => void;
  /** Aborting it ends the start and stops what was started. */
  signal?: AbortSignal;
}

/** A running stack. */
export interface Stack<N extends ServiceName> {
  readonly dataDir: string;
  readonly services: { readonly [K in N]: ServiceHandle<K> };
  /** Addresses of all that was started, wanted or needed. */
  readonly addresses: Partial<ServiceAddresses>;
  /** Stops every service, each before those it needs, and waits. */
  stop(): Promise<void>;
}

/**
 * Starts local services and resolves when all are healthy; services of the folder that run already are taken over.
 * Throws `STACK_REQUIREMENT_MISSING` before anything starts, and after a failed start stops what it started.
 */
export async function startStack<const N extends ServiceName>(
  options: StartStackOptions<N>,
): Promise<Stack<N>> {
  const dataDir = resolve(options.dataDir);
  const names = inStartOrder(options.services);
  const missing = await checkRequirements(
    names.join(', '),
    names.flatMap((name) => ALL_SERVICES[name].requirements(options.options ?? {})),
  );
  if (missing) throw missing;
  await mkdir(dataDir, { recursive: true });
  const down = await claimServices({ dataDir, names, lifetime: options.lifetime ?? 'owned' });
  const mode = options.ports ?? 'free';
  const ports = await choosePorts({ dataFolder: dataDir, services: down, mode });
  const handles = createHandles(options, {
    dataDir,
    names,
    ports,
    credentials: await loadCredentials(dataDir),
  });
  const stop = () => stopInOrder(names, handles);
  try {
    await startInOrder(names, handles);
  } catch (error) {
    await stopInOrder(down, handles);
    throw error;
  }
  return { dataDir, services: handles, addresses: addressesOf(names, handles), stop };
}

type Handles = { readonly [K in ServiceName]: ServiceHandle<K> };

/** The handles of a data folder's services: one for each name, running or not. */
export function createHandles(
  options: Pick<StartStackOptions<ServiceName>, 'options' | 'lifetime' | 'onProgress' | 'signal'>,
  folder: {
    dataDir: string;
    names: readonly ServiceName[];
    ports: Readonly<Partial<Record<string, PortPair>>>;
    credentials: Credentials;
  },
): Handles {
  const onProgress = options.onProgress ?? (() => undefined);
  const handles: Partial<Record<ServiceName, ServiceHandle<ServiceName>>> = {};
  const create = <N extends ServiceName>(name: N): void => {
    const pair = folder.ports[name];
    if (!pair) throw unknownService(name);
    const context: ServiceContext = {
      host: HOST,
      ...pair,
      folder: join(folder.dataDir, name),
      cacheFolder: readStackEnvironment().cacheFolder,
      credentials: folder.credentials,
      options: options.options ?? {},
      signal: options.signal,
      peer: (peer) => (handles as Partial<Handles>)[peer]?.address ?? unknownService(peer),
      report: (message) => onProgress({ service: name, phase: 'prepare', message }),
    };
    const owned = options.lifetime !== 'detached';
    const definition = ALL_SERVICES[name];
    handles[name] = createServiceHandle({
      definition,
      context,
      dataFolder: folder.dataDir,
      owned,
      onProgress,
    });
  };
  for (const name of folder.names) create(name);
  return handles as Handles;
}

/** Starts services, each as soon as all it needs are healthy; independent ones at the same time. */
export async function startInOrder(names: readonly ServiceName[], handles: Handles): Promise<void> {
  const started = new Map<ServiceName, Promise<void>>();
  for (const name of names) {
    const needed = ALL_SERVICES[name].needs.map((need) => started.get(need));
    started.set(
      name,
      Promise.all(needed).then(() => handles[name].start()),
    );
  }
  const results = await Promise.allSettled(started.values());
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}

/** Stops services, each before those it needs; independent ones at the same time. */
export async function stopInOrder(names: readonly ServiceName[], handles: Handles): Promise<void> {
  const stopped = new Map<ServiceName, Promise<void>>();
  for (const name of names.toReversed()) {
    const users = names.filter((other) => ALL_SERVICES[other].needs.includes(name));
    const waits = users.map((user) => stopped.get(user));
    stopped.set(
      name,
      Promise.all(waits).then(() => handles[name].stop()),
    );
  }
  await Promise.all(stopped.values());
}

function addressesOf(names: readonly ServiceName[], handles: Handles): Partial<ServiceAddresses> {
  return Object.fromEntries(names.map((name) => [name, handles[name].address]));
}

function unknownService(name: ServiceName): never {
  throw new SealaneError({
    code: 'STACK_SERVICE_DOWN',
    message: `${ALL_SERVICES[name].title} is not part of this stack.`,
    remedy: `Start it: \`npm run stack -- up ${name}\`.`,
  });
}
