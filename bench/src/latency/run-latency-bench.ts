import { setTimeout as delay } from 'node:timers/promises';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { Contestant } from '../contestants/contestant.ts';
import { establish } from '../contestants/establish.ts';
import { type LatencySummary, summarizeLatencies } from '../measure/percentile.ts';
import { readProcessUsage } from '../measure/process-usage.ts';
import { awaitStreaming } from '../services/await-streaming.ts';
import type { BenchServices } from '../services/bench-services.ts';
import type { BenchTable } from '../services/bench-table.ts';
import { openOrdersTable } from '../services/orders-table.ts';
import { type BenchTopics, openTopics } from '../services/topics.ts';
import { ArrivalLog } from './arrival-log.ts';
import { openArrivals } from './arrivals.ts';

/** One steady stretch of single-row commits. */
export interface LatencyLoad {
  commitsPerSecond: number;
  seconds: number;
  warmUpSeconds: number;
  repetitions: number;
}

/** What one contestant did in one stretch. Latencies in milliseconds, from the commit's return to the consumer. */
export interface LatencyPass {
  contestant: string;
  latency: LatencySummary;
  /** User and system time of the process, as a share of one core. */
  cpuShare: number;
}

export interface LatencyBenchOptions {
  services: BenchServices;
  contestants: readonly Contestant[];
  load: LatencyLoad;
  say(line: string): void;
}

interface Bench extends LatencyBenchOptions {
  table: BenchTable;
  topics: BenchTopics;
}

const ARRIVAL_TIMEOUT_MS = 30_000;
/** What both engines share (the broker's JVM above all) compiles its hot code by count of calls: a faster pace gets it over sooner. */
const WARM_UP_PACE = 4;

/** Measures every contestant in turned order each time; the other ones are halted meanwhile. */
export async function runLatencyBench(options: LatencyBenchOptions): Promise<LatencyPass[]> {
  const { services, contestants, load } = options;
  const table = await openOrdersTable(services.mariadb);
  const topics = await openTopics(services.brokers);
  const bench: Bench = { ...options, table, topics };
  try {
    options.say('starting both engines at the end of the binlog');
    await establish(bench);
    options.say('warm-up of server, broker and consumer');
    const warmUp = { ...load, commitsPerSecond: load.commitsPerSecond * WARM_UP_PACE };
    for (const contestant of contestants) await measureContestant({ ...bench, load: warmUp }, contestant);
    const passes: LatencyPass[] = [];
    for (let repetition = 0; repetition < load.repetitions; repetition += 1) {
      options.say(`repetition ${repetition + 1} of ${load.repetitions}`);
      const order = repetition % 2 === 0 ? contestants : [...contestants].reverse();
      for (const contestant of order) passes.push(await measureContestant(bench, contestant));
    }
    return passes;
  } finally {
    for (const contestant of contestants) await contestant.close();
    await topics.close();
    await table.close();
  }
}

async function measureContestant(bench: Bench, contestant: Contestant): Promise<LatencyPass> {
  const { table, topics, services, load } = bench;
  const pid = await contestant.prepare();
  await contestant.release();
  await awaitStreaming({ contestants: [contestant], table, topics });
  await topics.trim(contestant.topic, await topics.end(contestant.topic));
  const log = new ArrivalLog();
  const arrivals = await openArrivals({ brokers: services.brokers, topic: contestant.topic }, log);
  try {
    await commitSteadily(bench, load.warmUpSeconds, { log, onCommit: () => undefined });
    const before = await readProcessUsage(pid);
    await commitSteadily(bench, load.seconds, { log, onCommit: (key, at) => log.committed(key, at) });
    const after = await readProcessUsage(pid);
    const latency = summarizeLatencies(log.latencies());
    bench.say(`  ${contestant.name}: p50 ${latency.p50.toFixed(2)} ms, p99 ${latency.p99.toFixed(2)} ms`);
    const cpuShare = (after.cpuSeconds - before.cpuSeconds) / load.seconds;
    return { contestant: contestant.name, latency, cpuShare };
  } finally {
    await arrivals.close();
    await contestant.halt();
  }
}

/** Commits single rows on a fixed schedule, catching up after a slow one, and waits until the last one has arrived. */
async function commitSteadily(
  { table, load }: Bench,
  seconds: number,
  { log, onCommit }: { log: ArrivalLog; onCommit: (key: number, at: number) => void },
): Promise<void> {
  const startedAt = performance.now();
  let key = 0;
  for (let number = 0; number < seconds * load.commitsPerSecond; number += 1) {
    const wait = startedAt + (number * 1000) / load.commitsPerSecond - performance.now();
    if (wait > 0) await delay(wait);
    key = await table.insertOne(number);
    onCommit(key, performance.now());
  }
  if (key === 0) return;
  const timeout = delay(ARRIVAL_TIMEOUT_MS, 'timeout', { ref: false });
  if ((await Promise.race([log.arrivalOf(key), timeout])) !== 'timeout') return;
  throw new SealaneError({
    code: 'BENCH_ROW_MISSING',
    message: `Row ${key} has not arrived ${ARRIVAL_TIMEOUT_MS / 1000} s after its commit.`,
  });
}
