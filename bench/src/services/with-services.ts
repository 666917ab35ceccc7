import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Stack, startStack } from '@sealane/stack/start-stack';
import { CONNECT_HEAP_MEGABYTES } from '../contestants/debezium.ts';
import type { BenchServices } from './bench-services.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** The shell's exit code for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/**
 * The database holds a load in memory, so that neither contestant waits for a disk. Exactly-once support would make
 * every Connect source write in Kafka transactions, which costs Debezium a quarter of its rate.
 */
const OPTIONS = {
  kafka: { heapMegabytes: 1024 },
  connect: {
    heapMegabytes: CONNECT_HEAP_MEGABYTES,
    properties: { 'exactly.once.source.support': 'disabled', 'offset.flush.interval.ms': '10000' },
  },
  mariadb: { bufferPoolMegabytes: 1024, extraArgs: ['--innodb-log-file-size=1G'] },
};

/**
 * Starts MariaDB, Kafka and Kafka Connect with Debezium on free ports and an empty temporary folder, lets `use` work
 * with them and takes everything away again, also when a signal ends the benchmark.
 */
export async function withServices(
  say: (line: string) => void,
  use: (services: BenchServices) => Promise<void>,
): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sealane-bench-'));
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  for (const signal of SIGNALS) process.once(signal, interrupt);
  try {
    const stack = await startStack({
      services: ['mariadb', 'kafka', 'connect'],
      dataDir,
      options: OPTIONS,
      signal: interrupted.signal,
      onProgress: ({ service, message, phase }) => {
        if (phase === 'healthy') say(`${service}: ${message}`);
      },
    });
    try {
      await Promise.race([use(await servicesOf(stack)), once(interrupted.signal)]);
    } finally {
      await stack.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  if (interrupted.signal.aborted) process.exit(INTERRUPTED);
}

async function servicesOf({ services }: Stack<'mariadb' | 'kafka' | 'connect'>): Promise<BenchServices> {
  const connect = await services.connect.process();
  if (connect === null) throw new TypeError('Kafka Connect has no process');
  return {
    mariadb: services.mariadb.address,
    brokers: services.kafka.address.brokers,
    connect: { url: services.connect.address.url, pid: connect.pid },
  };
}

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
