import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { SealaneError } from '@sealane/errors/sealane-error';
import getPort from 'get-port';
import { z } from 'zod';
import type { ServiceName } from '../service-name.ts';

export const HOST = '127.0.0.1';

const pairSchema = z.object({ port: z.number().int(), secondPort: z.number().int() });
const schema = z.partialRecord(z.string(), pairSchema);

/** The ports of one service. */
export type PortPair = z.infer<typeof pairSchema>;

const FIXED: Record<ServiceName, PortPair> = {
  postgres: { port: 5432, secondPort: 15432 },
  redis: { port: 6379, secondPort: 16379 },
  kafka: { port: 9092, secondPort: 9093 },
  mariadb: { port: 3306, secondPort: 13306 },
  mysql: { port: 3307, secondPort: 13307 },
  registry: { port: 8081, secondPort: 18081 },
  connect: { port: 8083, secondPort: 18083 },
};

/** Below Linux's ephemeral range, so that no outgoing connection takes a port between choice and use. */
const LOWEST = 15_000;
const HIGHEST = 31_000;

/** The ports that a data folder used before, by service; empty for a new folder. */
export async function loadPorts(dataFolder: string): Promise<Partial<Record<string, PortPair>>> {
  try {
    return schema.parse(JSON.parse(await readFile(join(dataFolder, 'ports.json'), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/**
 * Chooses ports for services that are down, the ones they had before where those are free, and remembers them.
 * `fixed` takes the services' usual ports and throws `STACK_PORT_BUSY` when one is taken.
 */
export async function choosePorts(options: {
  dataFolder: string;
  services: readonly ServiceName[];
  mode: 'free' | 'fixed';
}): Promise<Record<string, PortPair>> {
  const known = await loadPorts(options.dataFolder);
  const taken = new Set(Object.values(known).flatMap((pair) => (pair ? [pair.port, pair.secondPort] : [])));
  const chosen: Record<string, PortPair> = {};
  for (const [name, pair] of Object.entries(known)) if (pair) chosen[name] = pair;
  for (const name of options.services) {
    if (options.mode === 'fixed') {
      await requireFree(name, FIXED[name].port);
      chosen[name] = FIXED[name];
      continue;
    }
    const before = known[name];
    if (before && (await isFree(before.port)) && (await isFree(before.secondPort))) continue;
    chosen[name] = { port: await freePort(taken), secondPort: await freePort(taken) };
  }
  await writeFile(join(options.dataFolder, 'ports.json'), `${JSON.stringify(chosen, null, 2)}\n`);
  return chosen;
}

/** Whether a port can be bound now. (get-port would withhold for a while a port that it handed out before.) */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: HOST, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

async function requireFree(name: ServiceName, port: number): Promise<void> {
  if (await isFree(port)) return;
  throw new SealaneError({
    code: 'STACK_PORT_BUSY',
    message: `Port ${port}, the usual one of ${name}, is in use.`,
    why: 'Another process listens on it.',
    remedy: `Stop that process (\`ss -ltnp 'sport = :${port}'\` names it) or start with --ports free.`,
    details: { service: name, port },
  });
}

async function freePort(taken: Set<number>): Promise<number> {
  const wanted = Array.from({ length: 32 }, () => randomInt(LOWEST, HIGHEST));
  const port = await getPort({ host: HOST, port: wanted.filter((candidate) => !taken.has(candidate)) });
  taken.add(port);
  return port;
}
