import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '@sealane/stack/start-stack';
import { CONNECT_HEAP_MEGABYTES } from '../contestants/debezium.ts';
import type { BenchServices } from './bench-services.ts';

/** Databases hold the whole load in memory and in few files, so that neither contestant waits for a disk. */
const OPTIONS = {
  kafka: { heapMegabytes: 1024 },
  connect: { heapMegabytes: CONNECT_HEAP_MEGABYTES },
  mariadb: { bufferPoolMegabytes: 1024, extraArgs: ['--innodb-log-file-size=1G'] },
};

/** Starts MariaDB, Kafka and Kafka Connect with Debezium on free ports and an empty temporary folder. */
export async function startServices(say: (line: string) => void): Promise<BenchServices> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sealane-bench-'));
  const remove = (): Promise<void> => rm(dataDir, { recursive: true, force: true });
  try {
    const stack = await startStack({
      services: ['mariadb', 'kafka', 'connect'],
      dataDir,
      options: OPTIONS,
      onProgress: ({ service, message, phase }) => {
        if (phase === 'healthy') say(`${service}: ${message}`);
      },
    });
    const connect = await stack.services.connect.process();
    if (connect === null) throw new TypeError('Kafka Connect has no process');
    return {
      mariadb: stack.services.mariadb.address,
      brokers: stack.services.kafka.address.brokers,
      connect: { url: stack.services.connect.address.url, pid: connect.pid },
      async down() {
        await stack.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
