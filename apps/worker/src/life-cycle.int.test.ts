import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInstallation, type Installation, type TestPipeline } from './testing/installation.ts';
import { createShop, type Shop, settled } from './testing/shop.ts';
import type { WorkerProcess } from './testing/worker-process.ts';

let installation: Installation;
let worker: WorkerProcess;
let shop: Shop;

beforeAll(async () => {
  installation = await createInstallation();
  shop = await createShop(installation.addresses.mariadb);
  await shop.insert(50);
  worker = installation.startWorker('life');
});
afterAll(async () => {
  await installation.close();
  await shop.close();
});

async function expectEveryRow(pipeline: TestPipeline): Promise<void> {
  const { brokers } = installation.addresses.kafka;
  const topic = `${pipeline.topicPrefix}.${shop.database}.orders`;
  const found = await settled(shop, { brokers, topic });
  expect(found.topic).toEqual(found.table);
}

async function took(milliseconds: number, action: Promise<unknown>): Promise<void> {
  const began = performance.now();
  await action;
  expect(performance.now() - began).toBeLessThan(milliseconds);
}

describe('the life of a pipeline', () => {
  let pipeline: TestPipeline;

  it('starts: what is there and what comes arrives', async () => {
    pipeline = await installation.createPipeline({ tableIncludeList: [shop.tablePattern] });
    const status = await pipeline.reach('running');
    expect(status).toMatchObject({ reason: null, attempt: 0, workerId: expect.stringContaining('life-') });
    await shop.insert(50);
    await expectEveryRow(pipeline);
  });

  it('pauses and resumes within moments, in the same process, without losing a row', async () => {
    const before = await worker.childPids();
    await pipeline.want('paused');
    await took(2_000, pipeline.reach('paused'));
    await shop.insert(10);
    await pipeline.want('running');
    await took(2_000, pipeline.reach('running'));
    await expectEveryRow(pipeline);
    expect(await worker.childPids()).toEqual(before);
  });

  it('restarts with a changed definition in a new process', async () => {
    const [before] = await worker.childPids();
    await pipeline.want('running', true);
    await pipeline.reach(['stopping', 'starting']);
    await pipeline.reach('running');
    await shop.insert(10);
    await expectEveryRow(pipeline);
    expect((await worker.childPids())[0]).not.toBe(before);
  });

  it('stops: no process, no job, no lease', async () => {
    await pipeline.want('stopped');
    const status = await pipeline.reach('stopped', 20_000);
    expect(status.reason).toBeNull();
    await expect.poll(() => worker.childPids()).toEqual([]);
    await expect.poll(() => installation.queue.list()).toEqual([]);
    await expect.poll(async () => (await pipeline.status())?.workerId).toBeNull();
  });

  it('goes on where it stopped when it is started again', async () => {
    await shop.insert(10);
    await pipeline.want('running');
    await pipeline.reach('running');
    await expectEveryRow(pipeline);
  });

  it('tells its life in the events log', async () => {
    const types = await pipeline.eventTypes();
    expect(types).toEqual(expect.arrayContaining(['pipeline.starting', 'pipeline.stopped']));
  });

  it('is rolled up into history', { timeout: 60_000 }, async () => {
    const rows = () =>
      installation.database.prisma.pipelineSample.aggregate({
        where: { pipelineId: pipeline.id, seconds: 10 },
        _sum: { rows: true },
      });
    await expect
      .poll(async () => Number((await rows())._sum.rows ?? 0), { timeout: 40_000 })
      .toBeGreaterThan(0);
  });

  it('leaves nothing behind when it is deleted while it runs', async () => {
    const other = await installation.createPipeline({ tableIncludeList: [shop.tablePattern] });
    await other.reach('running');
    await other.remove();
    await expect.poll(async () => (await worker.childPids()).length, { timeout: 20_000 }).toBe(1);
    await expect.poll(() => installation.queue.list(), { timeout: 20_000 }).toEqual([pipeline.id]);
    expect(await other.status()).toBeNull();
  });

  it('comes back by itself after Redis lost everything', async () => {
    await installation.redis.flushdb();
    await expect.poll(() => installation.queue.list(), { timeout: 30_000 }).toEqual([pipeline.id]);
    await pipeline.reach('running');
    await shop.insert(10);
    await expectEveryRow(pipeline);
  });
});
