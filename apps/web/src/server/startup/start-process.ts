import process from 'node:process';
import { SealaneError } from '@sealane/errors/sealane-error';
import { startConnectServer } from '../connect/connect-server.ts';
import { getServices, type Services } from '../services.ts';
import { describeStartFailure, startConsole } from './start.ts';

const CONFIGURATION_EXIT_CODE = 78;

/** Starts the console beside the server, which answers `/api/health` meanwhile. A wrong environment ends the process. */
export function startProcess(): void {
  try {
    void run(getServices());
  } catch (thrown) {
    fail(thrown);
  }
}

async function run(services: Services): Promise<void> {
  try {
    await startConnect(services);
    await startConsole(services);
    services.log.info('console ready');
  } catch (thrown) {
    fail(thrown);
  }
}

/** Kafka Connect's API on its own port, where the environment asks for one. */
async function startConnect(services: Services): Promise<void> {
  const { CONNECT_REST_PORT: port, CONNECT_REST_HOST: host } = services.env;
  if (port === undefined) return;
  try {
    const server = await startConnectServer(services, { port, host });
    services.log.info({ port: server.port, host }, 'connect api ready');
  } catch (cause) {
    throw new SealaneError({
      code: 'CONNECT_PORT_UNAVAILABLE',
      message: `Kafka Connect's API cannot listen on ${host}:${port}.`,
      why: cause instanceof Error ? cause.message : String(cause),
      remedy: 'Choose another CONNECT_REST_PORT or CONNECT_REST_HOST, or leave the port empty.',
      cause,
    });
  }
}

function fail(thrown: unknown): void {
  process.stderr.write(`${describeStartFailure(thrown)}\n`);
  process.exit(CONFIGURATION_EXIT_CODE);
}
