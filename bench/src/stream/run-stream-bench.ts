import { setTimeout as delay } from 'node:timers/promises';
import type { Contestant } from '../contestants/contestant.ts';
import { establish } from '../contestants/establish.ts';
import type { BenchServices } from '../services/bench-services.ts';
import type { BenchTable, LoadShape } from '../services/bench-table.ts';
import { readRanges } from '../services/read-records.ts';
import type { TopicRecord } from '../services/topic-record.ts';
import { type BenchTopics, openTopics } from '../services/topics.ts';
import { type CatchUp, measureCatchUp } from './catch-up.ts';
import { compareRecords, type RecordDifference } from './compare-records.ts';

/** Rows of one kind of load, and how often it is measured. */
export interface StreamLoad {
  shape: LoadShape;
  /** Row changes. */
  rows: number;
  /** Streamed by both before the first measurement, its figures dropped: compilers warm up. */
  warmUpRows: number;
  repetitions: number;
}

/** All catch-ups of one load, in the order in which they ran. */
export interface StreamLoadResult {
  load: StreamLoad;
  catchUps: CatchUp[];
  /** Where the contestants' records disagree, for the sampled rows of every repetition. */
  differences: RecordDifference[];
  /** Pairs of records compared. */
  compared: number;
}

export interface StreamBenchOptions {
  services: BenchServices;
  /** Opens the table that the contestants capture. */
  openTable(server: BenchServices['mariadb']): Promise<BenchTable>;
  contestants: readonly Contestant[];
  loads: readonly StreamLoad[];
  say(line: string): void;
}

interface Bench extends StreamBenchOptions {
  table: BenchTable;
  topics: BenchTopics;
}

/** The server's page flushing after a load must not fall into the first contestant's time. */
const AFTER_LOAD_MS = 3_000;
/** Neighbouring records compared at each of some places of a load. */
const SAMPLE_PLACES = 10;
const SAMPLE_RECORDS = 20;

/** Streams every load through every contestant, one after the other, in turned order each time. */
export async function runStreamBench(options: StreamBenchOptions): Promise<StreamLoadResult[]> {
  const { services, contestants, loads } = options;
  const table = await options.openTable(services.mariadb);
  const topics = await openTopics(services.brokers);
  const bench: Bench = { ...options, table, topics };
  try {
    options.say('starting both engines at the end of the binlog');
    await establish(bench);
    const results: StreamLoadResult[] = [];
    for (const load of loads) results.push(await runLoad(bench, load));
    return results;
  } finally {
    for (const contestant of contestants) await contestant.close();
    await topics.close();
    await table.close();
  }
}

async function runLoad(bench: Bench, load: StreamLoad): Promise<StreamLoadResult> {
  const result: StreamLoadResult = { load, catchUps: [], differences: [], compared: 0 };
  if (load.warmUpRows > 0) {
    bench.say(`${load.shape}: warm-up`);
    await runPass(bench, { ...load, rows: load.warmUpRows }, bench.contestants);
  }
  for (let repetition = 0; repetition < load.repetitions; repetition += 1) {
    bench.say(`${load.shape}: repetition ${repetition + 1} of ${load.repetitions}`);
    const order = repetition % 2 === 0 ? bench.contestants : [...bench.contestants].reverse();
    const pass = await runPass(bench, load, order);
    result.catchUps.push(...pass.catchUps);
    result.differences.push(...pass.differences);
    result.compared += pass.compared;
  }
  return result;
}

type Pass = Pick<StreamLoadResult, 'catchUps' | 'differences' | 'compared'>;

async function runPass(bench: Bench, load: StreamLoad, order: readonly Contestant[]): Promise<Pass> {
  const { table, topics, services } = bench;
  const records = await table.load(load.rows, load.shape);
  await delay(AFTER_LOAD_MS);
  const catchUps: CatchUp[] = [];
  for (const contestant of order) {
    const waiting = { rows: load.rows, records };
    const measured = await measureCatchUp({ contestant, topics, brokers: services.brokers, ...waiting });
    bench.say(`  ${contestant.name}: ${Math.round(measured.rowsPerSecond).toLocaleString('en-US')} rows/s`);
    catchUps.push(measured);
  }
  const comparison = await compareTopics(bench, records, catchUps);
  for (const { topic } of order) await topics.trim(topic, await topics.end(topic));
  await table.clear();
  return { catchUps, ...comparison };
}

/** Compares neighbouring records at even distances: both topics hold the same changes in commit order. */
async function compareTopics(
  { contestants, services }: Bench,
  records: number,
  catchUps: readonly CatchUp[],
): Promise<Pick<Pass, 'differences' | 'compared'>> {
  const [left, right] = contestants;
  if (left === undefined || right === undefined) return { differences: [], compared: 0 };
  const count = Math.min(SAMPLE_RECORDS, records);
  const read = async ({ name, topic }: Contestant): Promise<TopicRecord[]> => {
    const start = catchUps.find(({ contestant }) => contestant === name)?.firstOffset ?? 0;
    const ranges = Array.from({ length: SAMPLE_PLACES }, (_, place) => {
      const distance = Math.floor(((records - count) * place) / (SAMPLE_PLACES - 1));
      return { offset: start + distance, count };
    });
    return (await readRanges(services.brokers, topic, ranges)).flat();
  };
  return {
    differences: compareRecords(await read(left), await read(right)),
    compared: count * SAMPLE_PLACES,
  };
}
