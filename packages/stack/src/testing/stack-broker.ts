import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { toSealaneError } from '@sealane/errors/sealane-error';
import { z } from 'zod';
import type { ServiceAddresses } from '../service-addresses.ts';
import { SERVICE_NAMES, type ServiceName } from '../service-name.ts';
import { type Stack, startStack } from '../start-stack.ts';

const requestSchema = z.array(z.enum(SERVICE_NAMES));
const stackFileSchema = z.object({ services: z.record(z.string(), z.unknown()) });

/** Hands out the shared services of a test run, each started when a test first asks for it. */
export interface StackBroker {
  /** Unix socket that answers `POST /` with a list of names by their addresses. */
  readonly socketPath: string;
  /** Stops every service and removes their data. */
  close(): Promise<void>;
}

/**
 * Opens the broker of a test run.
 * @param given a file of `stack up --json`; services in it are used as they are and never stopped.
 */
export async function openStackBroker(given: string | undefined): Promise<StackBroker> {
  const folder = await mkdtemp(join(tmpdir(), 'sealane-tests-'));
  const running = given === undefined ? {} : await readStackFile(given);
  const stacks: Stack<ServiceName>[] = [];
  // One start at a time: starts of the same folder would choose ports at once.
  let turn: Promise<unknown> = Promise.resolve();
  const provide = (names: readonly ServiceName[]): Promise<Partial<ServiceAddresses>> => {
    const mine = turn.then(async () => {
      const missing = names.filter((name) => running[name] === undefined);
      if (missing.length > 0) {
        const stack = await startStack({ services: missing, dataDir: join(folder, 'stack') });
        stacks.push(stack);
        Object.assign(running, stack.addresses);
      }
      return running;
    });
    turn = mine.catch(() => undefined);
    return mine;
  };
  const server = createServer((request, response) => {
    answer(request, provide).then(
      (body) => response.writeHead(200).end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(JSON.stringify(toSealaneError(error).toReport())),
    );
  });
  const socketPath = join(folder, 'broker.sock');
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socketPath, resolve));
  return {
    socketPath,
    async close() {
      await turn;
      server.closeAllConnections();
      server.close();
      for (const stack of stacks.toReversed()) await stack.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answer(
  request: IncomingMessage,
  provide: (names: readonly ServiceName[]) => Promise<Partial<ServiceAddresses>>,
): Promise<Partial<ServiceAddresses>> {
  return provide(requestSchema.parse(await json(request)));
}

async function readStackFile(file: string): Promise<Partial<ServiceAddresses>> {
  const { services } = stackFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  return services as Partial<ServiceAddresses>;
}
