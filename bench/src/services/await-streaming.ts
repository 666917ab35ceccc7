import { setTimeout as delay } from 'node:timers/promises';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { Contestant } from '../contestants/contestant.ts';
import type { BenchTable } from './bench-table.ts';
import type { BenchTopics } from './topics.ts';

const TIMEOUT_MS = 120_000;
const PROBE_MS = 500;
/** Topics that did not grow for this long hold every probe. */
const QUIET_MS = 2_000;

/**
 * Commits a row now and then until one has arrived from every contestant: from there on they stream everything.
 * Resolves when all probes have arrived.
 */
export async function awaitStreaming(options: {
  contestants: readonly Contestant[];
  table: BenchTable;
  topics: BenchTopics;
}): Promise<void> {
  const { contestants, table, topics } = options;
  const ends = (): Promise<number[]> => Promise.all(contestants.map(({ topic }) => topics.end(topic)));
  const before = await ends();
  const deadline = performance.now() + TIMEOUT_MS;
  for (;;) {
    const now = await ends();
    const silent = contestants.filter((_, index) => now[index] === before[index]);
    if (silent.length === 0) break;
    if (performance.now() > deadline) throw notStreaming(silent);
    for (const contestant of silent) await contestant.check();
    await table.insertOne(1);
    await delay(PROBE_MS);
  }
  for (let seen = await ends(); ; ) {
    await delay(QUIET_MS);
    const now = await ends();
    if (now.join() === seen.join()) return;
    seen = now;
  }
}

function notStreaming(silent: readonly Contestant[]): SealaneError {
  return new SealaneError({
    code: 'BENCH_NOT_STREAMING',
    message: `No row has arrived from ${silent.map(({ name }) => name).join(' and ')} within ${TIMEOUT_MS / 1000} s.`,
  });
}
