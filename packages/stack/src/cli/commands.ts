import { join } from 'node:path';
import { execa } from 'execa';
import { attachStack } from '../attach-stack.ts';
import { exists } from '../cache/ensure-cached.ts';
import { chooseMode } from '../compose/choose-mode.ts';
import { composeDown, composeLogs, composeStatus, composeUp } from '../compose/run-compose.ts';
import { isServiceName, SERVICE_NAMES, type ServiceName } from '../service-name.ts';
import { ALL_SERVICES } from '../services/all-services.ts';
import { startStack } from '../start-stack.ts';
import { stackMissing } from '../testing/stack-missing.ts';
import { showProgress } from './show-progress.ts';
import { statusRows, statusTable } from './status-rows.ts';

/** Options of the commands; each command has those it declares. */
export interface CommandOptions {
  data: string;
  json?: boolean;
  mode: 'auto' | 'native' | 'compose';
  ports?: 'fixed' | 'free';
  follow?: boolean;
}

/** Starts services detached. Without names, all that this machine can start; a line says why one is left out. */
export async function upCommand(given: readonly string[], options: CommandOptions): Promise<void> {
  const mode = await chooseMode(options.mode);
  const ports = options.ports ?? 'free';
  const wanted = given.filter(isServiceName);
  const names = wanted.length > 0 || mode === 'compose' ? wanted : await startable();
  const live = options.json !== true && process.stdout.isTTY === true;
  const services =
    mode === 'compose'
      ? await composeUp({ dataDir: options.data, names, ports })
      : await showProgress({ names, live }, async (onProgress) => {
          const lifetime = 'detached';
          return (await startStack({ services: names, dataDir: options.data, ports, lifetime, onProgress }))
            .addresses;
        });
  const document = JSON.stringify({ mode, dataDir: options.data, services }, null, 2);
  process.stdout.write(options.json ? `${document}\n` : `${summary(services)}\n`);
}

/** Stops services; their data stays. */
export async function downCommand(given: readonly string[], options: CommandOptions): Promise<void> {
  const wanted = given.filter(isServiceName);
  if ((await chooseMode(options.mode)) === 'compose')
    return composeDown({ dataDir: options.data, names: wanted });
  const names = wanted.length > 0 ? wanted : SERVICE_NAMES;
  await showProgress({ names, live: false }, async (onProgress) => {
    const stack = await attachStack({ dataDir: options.data, onProgress });
    await stack.stop(wanted);
  });
}

/** Prints the state of services; exits with 1 when one of them does not serve. */
export async function statusCommand(given: readonly string[], options: CommandOptions): Promise<void> {
  const wanted = given.filter(isServiceName);
  if ((await chooseMode(options.mode)) === 'compose')
    return composeStatus({ dataDir: options.data, names: wanted });
  const stack = await attachStack({ dataDir: options.data });
  const names = stack.names.filter((name) => wanted.length === 0 || wanted.includes(name));
  const rows = await statusRows(stack, names);
  process.stdout.write(options.json ? `${JSON.stringify(rows, null, 2)}\n` : `${statusTable(rows)}\n`);
  if (rows.some((row) => row.state !== 'healthy')) process.exitCode = 1;
}

/** Prints the last lines of the services' logs, and on demand what follows. */
export async function logsCommand(given: readonly string[], options: CommandOptions): Promise<void> {
  const wanted = given.filter(isServiceName);
  if ((await chooseMode(options.mode)) === 'compose') {
    return composeLogs({ dataDir: options.data, names: wanted, follow: options.follow === true });
  }
  const files: string[] = [];
  for (const name of wanted.length > 0 ? wanted : SERVICE_NAMES) {
    const file = join(options.data, 'logs', `${name}.log`);
    if (await exists(file)) files.push(file);
  }
  if (files.length === 0) {
    process.stderr.write(`No service has written a log below ${options.data} yet.\n`);
    return;
  }
  await execa('tail', ['-n', '200', ...(options.follow ? ['-F'] : []), ...files], {
    stdio: 'inherit',
    reject: false,
  });
}

async function startable(): Promise<ServiceName[]> {
  const names: ServiceName[] = [];
  for (const name of SERVICE_NAMES) {
    const missing = await stackMissing([name]);
    if (missing === null) names.push(name);
    else process.stderr.write(`${ALL_SERVICES[name].title} is left out. ${missing}\n`);
  }
  return names;
}

function summary(services: object): string {
  return Object.entries(services)
    .map(([name, address]: [string, { host: string; port: number; url?: string }]) => {
      return `${name.padEnd(9)} ${address.url ?? `${address.host}:${address.port}`}`;
    })
    .join('\n');
}
