import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SealaneError } from '@sealane/errors/sealane-error';
import { execa } from 'execa';
import { type Credentials, loadCredentials } from '../data/credentials.ts';
import { choosePorts, type loadPorts } from '../data/ports.ts';
import { readStackEnvironment } from '../env.ts';
import type { ServiceAddresses } from '../service-addresses.ts';
import type { ServiceContext } from '../service-definition.ts';
import { SERVICE_NAMES, type ServiceName } from '../service-name.ts';
import { ALL_SERVICES, inStartOrder } from '../services/all-services.ts';
import { composeVariables } from './compose-variables.ts';

/** The file at the root of the repository. */
const COMPOSE_FILE = resolve(import.meta.dirname, '../../../../docker-compose.yml');

interface ComposeTarget {
  dataDir: string;
  names: readonly ServiceName[];
}

/** Starts services in containers, waits until all are healthy, and returns how to reach them from this machine. */
export async function composeUp(
  target: ComposeTarget & { ports: 'free' | 'fixed' },
): Promise<Partial<ServiceAddresses>> {
  const { dataDir } = target;
  await mkdir(dataDir, { recursive: true });
  const names = inStartOrder(target.names.length > 0 ? target.names : SERVICE_NAMES);
  const ports = await choosePorts({ dataFolder: dataDir, services: names, mode: target.ports });
  const credentials = await loadCredentials(dataDir);
  await writeEnvironment(dataDir, { ports, credentials });
  await compose(dataDir, ['up', '--detach', '--wait', ...names]);
  return Object.fromEntries(
    names.map((name) => [name, describeContainer(name, { ...ports[name], credentials, folder: dataDir })]),
  );
}

/** Stops containers and keeps their volumes. */
export async function composeDown(target: ComposeTarget): Promise<void> {
  await compose(target.dataDir, ['stop', ...target.names]);
}

/** Prints Compose's own view. */
export async function composeStatus(target: ComposeTarget): Promise<void> {
  await compose(target.dataDir, ['ps', ...target.names]);
}

/** Prints the containers' logs. */
export async function composeLogs(target: ComposeTarget & { follow: boolean }): Promise<void> {
  await compose(target.dataDir, [
    'logs',
    '--tail',
    '200',
    ...(target.follow ? ['--follow'] : []),
    ...target.names,
  ]);
}

async function writeEnvironment(
  dataDir: string,
  values: { ports: Awaited<ReturnType<typeof loadPorts>>; credentials: Credentials },
): Promise<void> {
  const variables = composeVariables(values);
  const text = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(dataDir, 'compose.env'), text.join(''), { mode: 0o600 });
}

async function compose(dataDir: string, args: readonly string[]): Promise<void> {
  const common = ['compose', '--file', COMPOSE_FILE, '--env-file', join(dataDir, 'compose.env')];
  // Standard output belongs to `--json`: what Compose prints goes to standard error.
  const output = args[0] === 'ps' || args[0] === 'logs' ? 'inherit' : process.stderr;
  const stdio = { stdin: 'ignore', stdout: output, stderr: 'inherit' } as const;
  const result = await execa('docker', [...common, '--profile', 'connect', ...args], {
    ...stdio,
    reject: false,
  });
  if (!result.failed) return;
  throw new SealaneError({
    code: 'STACK_COMPOSE_FAILED',
    message: `docker compose ${args[0]} failed with exit code ${result.exitCode ?? 'none'}.`,
    why: 'Its own output above says why.',
    remedy: 'Mend that, or use --mode native.',
  });
}

function describeContainer(
  name: ServiceName,
  known: { port?: number; secondPort?: number; credentials: Credentials; folder: string },
): ServiceAddresses[ServiceName] {
  const context: ServiceContext = {
    host: '127.0.0.1',
    port: known.port ?? 0,
    secondPort: known.secondPort ?? 0,
    folder: join(known.folder, name),
    cacheFolder: readStackEnvironment().cacheFolder,
    credentials: known.credentials,
    options: {},
    signal: undefined,
    peer: () => {
      throw new SealaneError({
        code: 'INTERNAL_ERROR',
        message: 'A container is described without its peers.',
      });
    },
    report: () => undefined,
  };
  const address = ALL_SERVICES[name].describe(context);
  return 'socketPath' in address ? { ...address, socketPath: null } : address;
}
