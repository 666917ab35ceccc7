import type { Stack } from '@sealane/stack/start-stack';
import { CONNECT_HEAP_MEGABYTES } from '../contestants/debezium.ts';
import type { BenchServices } from './bench-services.ts';
import { withStack } from './with-stack.ts';

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

/** MariaDB, Kafka and Kafka Connect with Debezium, for the time of `use`. */
export async function withServices(use: (services: BenchServices) => Promise<void>): Promise<void> {
  await withStack({ services: ['mariadb', 'kafka', 'connect'], options: OPTIONS }, async (stack) =>
    use(await servicesOf(stack)),
  );
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
