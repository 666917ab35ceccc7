import { setTimeout as sleep } from 'node:timers/promises';
import type { PipelineSample } from '@sealane/contracts/live';
import { openKafkaSession } from '@sealane/kafka/session/kafka-session';
import { shopTables } from './shop-schema.ts';
import type { Traffic } from './shop-traffic.ts';
import type { Shop } from './start-shop.ts';
import { type TableVerdict, verifyTable } from './verify.ts';

interface CheckOptions {
  shop: Shop;
  traffic: Traffic;
  report: (line: string) => void;
}

const trafficMs = 10_000;
const settleMs = 45_000;

/** Lets the shop trade for a while, stops it, waits until the stream is still, and compares tables with topics. Gives the exit code. */
export async function runCheck(options: CheckOptions): Promise<number> {
  const { shop, traffic, report } = options;
  report(`Live traffic for ${trafficMs / 1000} s`);
  await sleep(trafficMs);
  await traffic.stop();
  const sample = await untilStill(shop);
  const verdicts = await compare(shop);
  const sound = verdicts.every(
    (verdict) => verdict.missing + verdict.surplus + verdict.different === 0 && verdict.rows > 0,
  );
  const consoleUp = await consoleAnswers(shop.product.url);
  print({ verdicts, sample, traffic, consoleUp });
  return sound && consoleUp && sample !== null && traffic.counts.transactions > 0 ? 0 : 1;
}

/** The newest sample once rows read = rows acknowledged has not moved for a second; null when that never came. */
async function untilStill(shop: Shop): Promise<PipelineSample | null> {
  const deadline = Date.now() + settleMs;
  let before = -1;
  while (Date.now() < deadline) {
    const { sample } = await shop.api.get<{ sample: PipelineSample | null }>(`/pipelines/${shop.pipelineId}`);
    const still =
      sample?.state === 'running' && sample.rowsAcknowledged === before && sample.queueRecords === 0;
    if (still && sample.rowsAcknowledged >= sample.rowsRead) return sample;
    before = sample?.rowsAcknowledged ?? -1;
    await sleep(1_500);
  }
  return null;
}

async function compare(shop: Shop): Promise<TableVerdict[]> {
  const session = await openKafkaSession({ brokers: shop.brokers });
  try {
    const verdicts: TableVerdict[] = [];
    for (const table of shopTables)
      verdicts.push(await verifyTable({ connection: shop.database, session, topicPrefix: 'demo', table }));
    return verdicts;
  } finally {
    await session.close();
  }
}

async function consoleAnswers(url: string): Promise<boolean> {
  const response = await fetch(`${url}/sign-in`);
  return response.ok && (await response.text()).includes('Sealane');
}

interface Summary {
  verdicts: TableVerdict[];
  sample: PipelineSample | null;
  traffic: Traffic;
  consoleUp: boolean;
}

function print({ verdicts, sample, traffic, consoleUp }: Summary): void {
  const { inserted, updated, deleted, transactions } = traffic.counts;
  const line = (text: string) => process.stdout.write(`${text}\n`);
  line('');
  line(
    `Live traffic: ${transactions} transactions, ${inserted} inserts, ${updated} updates, ${deleted} deletes`,
  );
  line(
    `${'table'.padEnd(14)}${'rows'.padStart(9)}${'keys'.padStart(9)}${'records'.padStart(9)}  missing  surplus  different`,
  );
  for (const verdict of verdicts) {
    const counts = [verdict.missing, verdict.surplus, verdict.different]
      .map((count) => String(count).padStart(9))
      .join('');
    line(
      `${verdict.table.padEnd(14)}${String(verdict.rows).padStart(9)}${String(verdict.keys).padStart(9)}${String(verdict.records).padStart(9)}${counts}`,
    );
    for (const example of verdict.examples) line(`    ${example}`);
  }
  const sum = (pick: (verdict: TableVerdict) => number) =>
    verdicts.reduce((total, verdict) => total + pick(verdict), 0);
  line(
    `Rows in the seeded tables: ${sum((verdict) => verdict.rows)}; last messages per key in Kafka: ${sum((verdict) => verdict.keys)}`,
  );
  line(
    sample === null
      ? 'The pipeline did not come to rest'
      : `Pipeline ${sample.state}: ${sample.rowsAcknowledged} rows acknowledged, ${(sample.rssBytes / 1e6).toFixed(0)} MB`,
  );
  line(`Console: ${consoleUp ? 'answers' : 'does not answer'}`);
}
