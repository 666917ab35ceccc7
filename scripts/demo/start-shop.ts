import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startStack } from '@sealane/stack/start-stack';
import getPort from 'get-port';
import { type Connection, createConnection } from 'mysql2/promise';
import { inheritedEnvironment } from '../env.ts';
import { freshEnvironment, type ProductEnvironment } from '../product/environment.ts';
import { launchProduct, type Product } from '../product/launch-product.ts';
import { type ConsoleApi, createConsoleApi } from './console-api.ts';
import { shopStatements } from './shop-schema.ts';

/** The demo's running world. */
export interface Shop {
  product: Product;
  environment: ProductEnvironment;
  api: ConsoleApi;
  /** An administrator's connection to the shop's MariaDB. */
  database: Connection;
  pipelineId: string;
  brokers: string[];
  addresses: { mariadb: string; kafka: string };
  stop(): Promise<void>;
}

export interface StartShopOptions {
  folder: string;
  signal: AbortSignal;
  report: (line: string) => void;
}

/** Services, seeded database, console and worker, and a pipeline from one into the other through the public API. */
export async function startShop(options: StartShopOptions): Promise<Shop> {
  const stack = await startStack({
    services: ['postgres', 'redis', 'kafka', 'mariadb'],
    dataDir: join(options.folder, 'services'),
    signal: options.signal,
    onProgress: (event) => options.report(`  ${event.service.padEnd(9)} ${event.message}`),
  });
  const undo: (() => Promise<void>)[] = [() => stack.stop()];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const { postgres, redis, kafka, mariadb } = stack.services;
    options.report('Seeding the shop');
    const database = await createConnection({
      host: mariadb.address.host,
      port: mariadb.address.port,
      ...mariadb.address.admin,
    });
    undo.push(() => database.end());
    for (const statement of shopStatements()) await database.query(statement);
    options.report('Starting console and worker');
    const environment = freshEnvironment({ databaseUrl: postgres.address.url, redisUrl: redis.address.url });
    const logFolder = join(options.folder, 'logs');
    mkdirSync(logFolder, { recursive: true });
    const product = await launchProduct({
      env: { ...inheritedEnvironment(), ...environment },
      port: await getPort({ port: 3000 }),
      logFolder,
    });
    undo.push(() => product.stop());
    const api = createConsoleApi({ url: product.url, token: environment.SEALANE_API_TOKEN });
    const pipelineId = await definePipeline(api, { source: mariadb.address, brokers: kafka.address.brokers });
    const addresses = {
      mariadb: `${mariadb.address.host}:${mariadb.address.port}  ${mariadb.address.admin.user}  ${mariadb.address.admin.password}`,
      kafka: kafka.address.brokers.join(','),
    };
    return {
      product,
      environment,
      api,
      database,
      pipelineId,
      brokers: kafka.address.brokers,
      addresses,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface PipelineEnds {
  source: { host: string; port: number; capture: { user: string; password: string } };
  brokers: string[];
}

async function definePipeline(api: ConsoleApi, ends: PipelineEnds): Promise<string> {
  const source = await api.post<{ id: string }>('/sources', {
    name: 'Shop database',
    connection: {
      host: ends.source.host,
      port: ends.source.port,
      ...ends.source.capture,
      tls: { mode: 'disabled' },
    },
  });
  const cluster = await api.post<{ id: string }>('/clusters', {
    name: 'Local Kafka',
    connection: { brokers: ends.brokers },
  });
  const pipeline = await api.post<{ id: string }>('/pipelines', {
    name: 'Shop',
    sourceId: source.id,
    clusterId: cluster.id,
    config: {
      topicPrefix: 'demo',
      databaseIncludeList: ['shop'],
      topicCreationPartitions: 3,
      heartbeatIntervalMs: 5_000,
    },
  });
  return pipeline.id;
}
