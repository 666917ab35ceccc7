import { insertSource } from '@sealane/db/repositories/sources';
import type { Stack } from '@sealane/stack/start-stack';
import { exclusiveStack } from '@sealane/stack/testing/exclusive-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInstallation, type Installation, type TestPipeline } from './testing/installation.ts';
import { createShop, type Shop, settled } from './testing/shop.ts';
import type { WorkerProcess } from './testing/worker-process.ts';

let stack: Stack<'kafka' | 'mariadb'>;
let installation: Installation;
let worker: WorkerProcess;
let shop: Shop;

beforeAll(async () => {
  stack = await exclusiveStack(['kafka', 'mariadb']);
  const own = { kafka: stack.services.kafka.address, mariadb: stack.services.mariadb.address };
  installation = await createInstallation(own);
  shop = await createShop(own.mariadb);
  await shop.insert(20);
  worker = installation.startWorker('outages');
});
afterAll(async () => {
  await installation.close();
  await shop.pool.end();
  await stack.stop();
});

async function expectEveryRow(pipeline: TestPipeline): Promise<void> {
  const topic = `${pipeline.topicPrefix}.${shop.database}.orders`;
  const found = await settled(shop, { brokers: installation.addresses.kafka.brokers, topic });
  expect(found.topic).toEqual(found.table);
}

describe('a pipeline whose world breaks says why and recovers by itself', () => {
  let pipeline: TestPipeline;

  it('Kafka is away and comes back', async () => {
    pipeline = await installation.createPipeline({ tableIncludeList: [shop.tablePattern] });
    await pipeline.reach('running');
    await stack.services.kafka.kill('SIGKILL');
    await shop.insert(10);
    const waiting = await pipeline.reach('waiting', 90_000);
    expect(waiting.reason).toMatchObject({ code: expect.stringContaining('KAFKA'), retriable: true });
    expect(waiting.reason?.remedy).toBeTruthy();
    await stack.services.kafka.start();
    await pipeline.reach('running', 90_000);
    await expectEveryRow(pipeline);
  });

  it('the source is restarted', async () => {
    await stack.services.mariadb.stop();
    const waiting = await pipeline.reach('waiting', 90_000);
    expect(waiting.reason?.retriable).toBe(true);
    await stack.services.mariadb.start();
    await pipeline.reach('running', 120_000);
    await shop.insert(10);
    await expectEveryRow(pipeline);
  });

  it('the process hangs: it is killed, with the reason, and started again', async () => {
    const [pid] = await worker.childPids();
    process.kill(pid ?? 0, 'SIGSTOP');
    const waiting = await pipeline.reach('waiting', 60_000);
    expect(waiting.reason?.code).toBe('PIPELINE_PROCESS_HUNG');
    await pipeline.reach('running', 90_000);
    await shop.insert(10);
    await expectEveryRow(pipeline);
  });

  it('a wrong password: failed with code and remedy, running once the server knows it', async () => {
    const { host, port, version } = installation.addresses.mariadb;
    const login = { user: 'forgotten', password: 'wrong' };
    await shop.pool.query(`CREATE USER forgotten IDENTIFIED BY 'right';
      GRANT SELECT, RELOAD, REPLICATION SLAVE, REPLICATION CLIENT, BINLOG MONITOR, LOCK TABLES ON *.* TO forgotten`);
    const source = await insertSource(installation, {
      name: 'forgotten',
      flavor: 'mariadb',
      version,
      connection: { host, port, ...login, tls: { mode: 'disabled' } },
    });
    const denied = await installation.createPipeline({ tableIncludeList: [shop.tablePattern] }, source.id);
    const status = await denied.reach(['failed', 'waiting'], 60_000);
    expect(status.reason).toMatchObject({
      code: 'SOURCE_ACCESS_DENIED',
      remedy: expect.stringMatching(/\w/),
    });
    expect(status.nextAttemptAt).not.toBeNull();
    await shop.pool.query(`ALTER USER forgotten IDENTIFIED BY 'wrong'`);
    await denied.reach('running', 120_000);
    await expectEveryRow(denied);
    expect(await denied.eventTypes()).toContain('pipeline.recovered');
  });
});
