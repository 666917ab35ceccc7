import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { waitForEnd } from './process/end-process.ts';
import { identify, isRunning } from './process/process-record.ts';
import { SERVICE_NAMES, type ServiceName } from './service-name.ts';
import { startStack } from './start-stack.ts';
import { exclusiveStack } from './testing/exclusive-stack.ts';
import { stackMissing } from './testing/stack-missing.ts';

const START_MS = 300_000;
const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
}, START_MS);

const unavailable = new Set<ServiceName>();
for (const name of SERVICE_NAMES) {
  const reason = await stackMissing([name]);
  if (reason === null) continue;
  unavailable.add(name);
  process.stderr.write(`skipped: ${reason}\n`);
}

async function started<const N extends ServiceName>(...args: Parameters<typeof exclusiveStack<N>>) {
  const stack = await exclusiveStack<N>(...args);
  stops.push(stack.stop);
  return stack;
}

describe('each service, started natively', () => {
  test.skipIf(unavailable.has('postgres'))(
    'postgres serves SQL in its own database and keeps data over a restart',
    async () => {
      const { services } = await started(['postgres']);
      const query = async (sql: string) => {
        const client = new pg.Client({ connectionString: services.postgres.address.url });
        await client.connect();
        const { rows } = await client.query(sql);
        await client.end();
        return rows as unknown[];
      };
      await query('CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)');
      await services.postgres.stop();
      await expect(services.postgres.health()).rejects.toThrow('ECONNREFUSED');
      await services.postgres.start();
      expect(await query('SELECT current_database() AS name, id FROM kept')).toEqual([
        { name: 'sealane', id: 7 },
      ]);
    },
    START_MS,
  );

  test.skipIf(unavailable.has('redis'))(
    'redis answers PING to its password, and comes back after SIGKILL on the same port',
    async () => {
      const { services } = await started(['redis']);
      await services.redis.kill('SIGKILL');
      expect(await services.redis.process()).toBeNull();
      await services.redis.start();
      await services.redis.health();
    },
    START_MS,
  );

  test.skipIf(unavailable.has('kafka'))(
    'kafka keeps its topics over SIGKILL and a restart on the same port',
    async () => {
      const { services } = await started(['kafka']);
      const { brokers } = services.kafka.address;
      const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING, retry: { retries: 20 } });
      const admin = kafka.admin();
      await admin.connect();
      await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 3 }] });
      await services.kafka.kill('SIGKILL');
      await services.kafka.start();
      const { topics } = await admin.fetchTopicMetadata({ topics: ['kept'] });
      await admin.disconnect();
      expect(topics[0]?.partitions).toHaveLength(3);
    },
    START_MS,
  );

  test.skipIf(unavailable.has('mariadb'))(
    'mariadb is set up for capture, and a restart may change its arguments',
    async () => {
      const { services } = await started(['mariadb'], { mariadb: { rowMetadata: 'MINIMAL' } });
      const variables = () => captureVariables(services.mariadb.address);
      expect(await variables()).toMatchObject({
        log_bin: 'ON',
        binlog_format: 'ROW',
        binlog_row_image: 'FULL',
        binlog_row_metadata: 'MINIMAL',
        gtid_strict_mode: 'ON',
      });
      await services.mariadb.stop();
      await services.mariadb.start({ extraArgs: ['--binlog-format=STATEMENT'] });
      expect(await variables()).toMatchObject({ binlog_format: 'STATEMENT', binlog_row_metadata: 'FULL' });
    },
    START_MS,
  );

  test.skipIf(unavailable.has('mysql'))(
    'mysql is set up for capture with GTIDs',
    async () => {
      const { services } = await started(['mysql']);
      expect(await captureVariables(services.mysql.address)).toMatchObject({
        log_bin: 'ON',
        binlog_format: 'ROW',
        binlog_row_image: 'FULL',
        binlog_row_metadata: 'FULL',
        gtid_mode: 'ON',
        enforce_gtid_consistency: 'ON',
      });
    },
    START_MS,
  );

  test.skipIf(unavailable.has('registry'))(
    'the schema registry stores a schema through the Confluent API and keeps it over a restart',
    async () => {
      const { services } = await started(['registry']);
      const subject = `${services.registry.address.url}/subjects/orders-value/versions`;
      const body = JSON.stringify({ schema: '{"type":"string"}' });
      const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' };
      expect((await fetch(subject, { method: 'POST', headers, body })).status).toBe(200);
      await services.registry.stop();
      await services.registry.start();
      expect(await (await fetch(subject)).json()).toEqual([1]);
    },
    START_MS,
  );

  test.skipIf(unavailable.has('connect'))(
    'connect brings kafka along and offers both Debezium connectors',
    async () => {
      const { services, addresses } = await started(['connect']);
      expect(addresses.kafka?.brokers).toHaveLength(1);
      const response = await fetch(`${services.connect.address.url}/connector-plugins`);
      const plugins = JSON.stringify(await response.json());
      expect(plugins).toContain('io.debezium.connector.mysql.MySqlConnector');
      expect(plugins).toContain('io.debezium.connector.mariadb.MariaDbConnector');
    },
    START_MS,
  );
});

describe.skipIf(unavailable.has('redis'))('a data folder', () => {
  test('gives the same ports and passwords again, and its services end with stop()', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'sealane-stack-'));
    const first = await startStack({ services: ['redis'], dataDir });
    const before = await first.services.redis.process();
    await first.stop();
    const second = await startStack({ services: ['redis'], dataDir });
    expect(second.addresses).toEqual(first.addresses);
    await second.stop();
    await rm(dataDir, { recursive: true });
    expect(before === null ? true : await isRunning(before)).toBe(false);
    await expect(second.services.redis.process()).resolves.toBeNull();
  });

  test('serves two stacks side by side on different ports', async () => {
    const [left, right] = await Promise.all([started(['redis']), started(['redis'])]);
    expect(left.addresses.redis?.port).not.toBe(right.addresses.redis?.port);
    await Promise.all([left.services.redis.health(), right.services.redis.health()]);
  });

  test('loses its owned services when their owner is killed without a chance to stop them', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'sealane-stack-'));
    const script = join(import.meta.dirname, 'testing', 'own-redis.ts');
    const owner = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(owner.stdout, 'data')) as [Buffer];
    const service = await identify(Number(line.toString()));
    if (service === null) throw new Error('Redis was not running.');
    owner.kill('SIGKILL');
    expect(await waitForEnd(service, 10_000)).toBe(true);
    await rm(dataDir, { recursive: true });
  });

  test('refuses a second owner while the first one lives', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'sealane-stack-'));
    const detached = await startStack({ services: ['redis'], dataDir, lifetime: 'detached' });
    await expect(startStack({ services: ['redis'], dataDir })).rejects.toMatchObject({
      code: 'STACK_DATA_IN_USE',
    });
    await detached.stop();
    await rm(dataDir, { recursive: true });
  });
});

async function captureVariables(address: {
  host: string;
  port: number;
  capture: { user: string; password: string };
}): Promise<Record<string, string>> {
  const { host, port, capture } = address;
  const connection = await mysql.createConnection({ host, port, ...capture });
  const [rows] = await connection.query<mysql.RowDataPacket[]>('SHOW GLOBAL VARIABLES');
  await connection.end();
  return Object.fromEntries(rows.map((row) => [row.Variable_name, row.Value]));
}
