import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createInstallation, type Installation } from './testing/installation.ts';
import { createShop, type Shop, settled } from './testing/shop.ts';
import type { WorkerProcess } from './testing/worker-process.ts';

const KILLS = 4;

let installation: Installation;
let worker: WorkerProcess;
let shop: Shop;

beforeAll(async () => {
  installation = await createInstallation();
  shop = await createShop(installation.addresses.mariadb);
  await shop.insert(2_000);
  worker = installation.startWorker('kill-nine');
});
afterAll(async () => {
  await installation.close();
  await shop.close();
});

async function runningProcess(): Promise<number> {
  return expect
    .poll(async () => (await worker.childPids())[0], { timeout: 90_000 })
    .toBeDefined()
    .then(async () => {
      const [pid] = await worker.childPids();
      if (pid === undefined) throw new Error('the process is gone again');
      return pid;
    });
}

it('kill -9 of the pipeline process under load, again and again: no row is missing', async () => {
  const pipeline = await installation.createPipeline({ tableIncludeList: [shop.tablePattern] });
  const closing = new AbortController();
  const trading = shop.trade(closing.signal);
  const reasons: (string | undefined)[] = [];
  // The first kill comes in the middle of the snapshot or soon after, the others while it streams.
  for (let kill = 0; kill < KILLS; kill++) {
    await pipeline.reach(['snapshotting', 'running'], 90_000);
    await sleep(kill === 0 ? 0 : 1_500);
    process.kill(await runningProcess(), 'SIGKILL');
    reasons.push((await pipeline.reach('waiting')).reason?.code);
  }
  await pipeline.reach('running', 90_000);
  await sleep(1_000);
  closing.abort();
  await trading;

  const topic = `${pipeline.topicPrefix}.${shop.database}.orders`;
  const found = await settled(shop, { brokers: installation.addresses.kafka.brokers, topic });
  expect(found.topic.size).toBe(found.table.size);
  expect(found.topic).toEqual(found.table);
  expect(found.messages).toBeGreaterThan(found.table.size);
  expect(reasons).toEqual(Array.from({ length: KILLS }, () => 'PIPELINE_PROCESS_CRASHED'));
});
