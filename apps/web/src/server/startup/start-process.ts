import process from 'node:process';
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
    await startConsole(services);
    services.log.info('console ready');
  } catch (thrown) {
    fail(thrown);
  }
}

function fail(thrown: unknown): void {
  process.stderr.write(`${describeStartFailure(thrown)}\n`);
  process.exit(CONFIGURATION_EXIT_CODE);
}
