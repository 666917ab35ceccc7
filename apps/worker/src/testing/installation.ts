/** An installation of Sealane for one test file: its own database, Redis database, topics and source schema. */
import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PipelineConfigInput, pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import type { PipelineStatus, RuntimeState } from '@sealane/contracts/pipeline-state';
import { createDatabase, type Database } from '@sealane/db/database';
import { migrateDatabase } from '@sealane/db/migrate/migrate';
import { insertCluster } from '@sealane/db/repositories/clusters';
import { listEvents } from '@sealane/db/repositories/events';
import { deletePipeline, insertPipeline, setDesiredState } from '@sealane/db/repositories/pipelines';
import { readStatus } from '@sealane/db/repositories/runtime';
import { insertSource } from '@sealane/db/repositories/sources';
import { parseKeyring } from '@sealane/db/secrets/keyring';
import { createSecretBox, type SecretBox } from '@sealane/db/secrets/secret-box';
import { requestLook } from '@sealane/jobs/control';
import { createPipelineQueue, type PipelineQueue } from '@sealane/jobs/pipeline-queue';
import { connectRedis, type RedisConnection } from '@sealane/jobs/redis';
import type { ServiceAddresses } from '@sealane/stack/service-addresses';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { buildWorker, startWorkerProcess, type WorkerProcess } from './worker-process.ts';

type Addresses = Pick<ServiceAddresses, 'postgres' | 'redis' | 'kafka' | 'mariadb'>;

export interface Installation {
  addresses: Addresses;
  database: Database;
  redis: RedisConnection;
  queue: PipelineQueue;
  secrets: SecretBox;
  sourceId: string;
  offsetsTopic: string;
  startWorker(name: string): WorkerProcess;
  /** Defines a pipeline that captures the given tables and asks for it to run. */
  createPipeline(config: Omit<PipelineConfigInput, 'topicPrefix'>, sourceId?: string): Promise<TestPipeline>;
  close(): Promise<void>;
}

export interface TestPipeline {
  id: string;
  topicPrefix: string;
  want(state: 'running' | 'paused' | 'stopped', restart?: boolean): Promise<void>;
  remove(): Promise<void>;
  status(): Promise<PipelineStatus | null>;
  /** Waits until it is in one of the states and returns the status; fails with what it is instead. */
  reach(states: RuntimeState | readonly RuntimeState[], timeoutMs?: number): Promise<PipelineStatus>;
  eventTypes(): Promise<string[]>;
}

/** Given addresses win over the shared ones: for tests that stop a service. */
export async function createInstallation(own: Partial<Addresses> = {}): Promise<Installation> {
  const addresses: Addresses = { ...(await sharedStack(['postgres', 'redis', 'kafka', 'mariadb'])), ...own };
  const databaseUrl = await createPostgresDatabase(addresses.postgres.url);
  await migrateDatabase({ databaseUrl });
  const redisUrl = `${addresses.redis.url.replace(/\/\d+$/, '')}/${randomInt(1, 16)}`;
  const key = randomBytes(32).toString('base64');
  const secrets = createSecretBox(parseKeyring(key));
  const database = createDatabase({ url: databaseUrl, poolSize: 4 });
  const redis = connectRedis({ url: redisUrl, onError: () => undefined });
  await redis.flushdb();
  const queue = createPipelineQueue({ redis });
  const stores = { database, secrets };
  const source = await insertSource(stores, sourceOf(addresses));
  const brokers = addresses.kafka.brokers;
  const cluster = await insertCluster(stores, {
    name: 'kafka',
    connection: { brokers, tls: { enabled: false } },
  });
  const offsetsTopic = uniqueName('offsets');
  const workers: WorkerProcess[] = [];
  const bundle = await buildWorker();
  return {
    addresses,
    database,
    redis,
    queue,
    secrets,
    sourceId: source.id,
    offsetsTopic,
    startWorker(name) {
      const worker = startWorkerProcess(bundle, {
        DATABASE_URL: databaseUrl,
        REDIS_URL: redisUrl,
        SEALANE_ENCRYPTION_KEY: key,
        SEALANE_WORKER_ID: name,
        SEALANE_OFFSETS_TOPIC: offsetsTopic,
      });
      workers.push(worker);
      return worker;
    },
    async createPipeline(config, sourceId = source.id) {
      const topicPrefix = uniqueName('t');
      const { id } = await insertPipeline(database, {
        name: topicPrefix,
        sourceId,
        clusterId: cluster.id,
        config: pipelineConfigSchema.parse({ ...config, topicPrefix }),
        desiredState: 'running',
      });
      await queue.ensure(id);
      return testPipeline({ database, redis, queue, id, topicPrefix });
    },
    async close() {
      for (const worker of workers) await worker.end();
      await bundle.remove();
      await queue.close();
      await redis.flushdb();
      redis.disconnect();
      await database.close();
    },
  };
}

function sourceOf({ mariadb }: Addresses) {
  const { host, port, version, capture } = mariadb;
  const tls = { mode: 'disabled' as const };
  return { name: 'shop', flavor: 'mariadb' as const, version, connection: { host, port, ...capture, tls } };
}

async function createPostgresDatabase(url: string): Promise<string> {
  const name = uniqueName('worker');
  const admin = createDatabase({ url, poolSize: 1 });
  await admin.prisma.$executeRawUnsafe(`CREATE DATABASE ${name}`);
  await admin.close();
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

interface PipelineParts {
  database: Database;
  redis: RedisConnection;
  queue: PipelineQueue;
  id: string;
  topicPrefix: string;
}

function testPipeline({ database, redis, queue, id, topicPrefix }: PipelineParts): TestPipeline {
  const status = () => readStatus(database, id);
  return {
    id,
    topicPrefix,
    async want(desiredState, restart = false) {
      await setDesiredState(database, id, { desiredState, restart });
      if (desiredState !== 'stopped') await queue.ensure(id);
      await requestLook({ redis }, id);
    },
    async remove() {
      await deletePipeline(database, id);
      await requestLook({ redis }, id);
    },
    status,
    async reach(states, timeoutMs = 60_000) {
      const wanted: readonly string[] = typeof states === 'string' ? [states] : states;
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const now = await status();
        if (now !== null && wanted.includes(now.state)) return now;
        if (performance.now() > deadline) {
          throw new Error(
            `wanted ${wanted.join(' or ')}, but after ${timeoutMs} ms it is ${JSON.stringify(now)}`,
          );
        }
        await sleep(25);
      }
    },
    async eventTypes() {
      const { items } = await listEvents(database, { pipelineId: id, limit: 500 });
      return items.map((event) => event.type).reverse();
    },
  };
}
