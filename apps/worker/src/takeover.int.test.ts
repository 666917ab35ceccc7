import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInstallation, type Installation, type TestPipeline } from './testing/installation.ts';
import { createShop, type Shop, settled } from './testing/shop.ts';
import { isAlive, type WorkerProcess } from './testing/worker-process.ts';

/** Milliseconds within which another worker has the pipeline of one that died. */
const TAKEOVER_MS = 15_000;

let installation: Installation;
let shop: Shop;
let pipeline: TestPipeline;
let owner: WorkerProcess;
let heir: WorkerProcess;

beforeAll(async () => {
  installation = await createInstallation();
  shop = await createShop(installation.addresses.mariadb);
  await shop.insert(100);
});
afterAll(async () => {
  await installation.close();
  await shop.close();
});
beforeEach(async () => {
  owner = installation.startWorker('owner');
  pipeline = await installation.createPipeline({ tableIncludeList: [shop.tablePattern] });
  await pipeline.reach('running');
  heir = installation.startWorker('heir');
  await expect.poll(() => heir.log(), { timeout: 30_000 }).toContain('worker started');
});
afterEach(async () => {
  await pipeline.want('stopped');
  await pipeline.reach('stopped', 30_000);
  await owner.end();
  await heir.end();
});

/** Milliseconds until the heir holds the lease; when it returns, rows flow again. */
async function heirHasIt(timeoutMs: number): Promise<number> {
  const began = performance.now();
  const workerId = async () => (await pipeline.status())?.workerId ?? '';
  await expect.poll(workerId, { timeout: timeoutMs, interval: 50 }).toContain('heir');
  const milliseconds = Math.round(performance.now() - began);
  await pipeline.reach('running', 60_000);
  return milliseconds;
}

/** As if a worker that died right away had taken the pipeline. */
async function giveLeaseAway(): Promise<void> {
  await installation.database.prisma.pipelineRuntime.update({
    where: { pipelineId: pipeline.id },
    data: {
      leaseEpoch: { increment: 1 },
      workerId: 'someone-else',
      leaseExpiresAt: new Date(Date.now() + 5_000),
    },
  });
}

async function expectEveryRow(): Promise<void> {
  const topic = `${pipeline.topicPrefix}.${shop.database}.orders`;
  const found = await settled(shop, { brokers: installation.addresses.kafka.brokers, topic });
  expect(found.topic).toEqual(found.table);
}

describe('another worker takes over', () => {
  it('when one is killed: its process ends too, no row is missing', async () => {
    const closing = new AbortController();
    const trading = shop.trade(closing.signal);
    const [orphan] = await owner.childPids();
    owner.signal('SIGKILL');
    const milliseconds = await heirHasIt(TAKEOVER_MS + 10_000);
    closing.abort();
    await trading;
    await expectEveryRow();
    expect(orphan).toBeDefined();
    expect(await isAlive(orphan)).toBe(false);
    process.stdout.write(`takeover after kill -9 of a worker: ${milliseconds} ms\n`);
    expect(milliseconds).toBeLessThan(TAKEOVER_MS);
  });

  it('at once when one is asked to stop', async () => {
    owner.signal('SIGTERM');
    const milliseconds = await heirHasIt(20_000);
    expect(await owner.exited()).toBe(0);
    await shop.insert(10);
    await expectEveryRow();
    process.stdout.write(`handover at the shutdown of a worker: ${milliseconds} ms\n`);
    expect(owner.log()).not.toMatch(/"level":(50|60)/);
  });

  it('when one is frozen: its process is gone before the other begins, and it kills nothing when it wakes', async () => {
    const [frozen] = await owner.childPids();
    owner.signal('SIGSTOP');
    await heirHasIt(TAKEOVER_MS + 10_000);
    expect(await isAlive(frozen)).toBe(false);
    owner.signal('SIGCONT');
    await sleep(3_000);
    expect(await owner.childPids()).toEqual([]);
    expect(await pipeline.status()).toMatchObject({
      state: 'running',
      workerId: expect.stringContaining('heir'),
    });
    await shop.insert(10);
    await expectEveryRow();
  });

  it('and a worker whose lease was taken kills its process at once', async () => {
    const [pid] = await owner.childPids();
    await giveLeaseAway();
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
    const workerId = async () => (await pipeline.status())?.workerId ?? '';
    await expect.poll(workerId, { timeout: 30_000, interval: 50 }).toMatch(/owner|heir/);
    await pipeline.reach('running', 30_000);
  });

  it('not when it was stopped meanwhile: it shows as stopped once the lease of the dead worker has ended', async () => {
    await giveLeaseAway();
    await pipeline.want('stopped');
    await pipeline.reach('stopped', 30_000);
    expect(await owner.childPids()).toEqual([]);
    expect(await heir.childPids()).toEqual([]);
  });
});
