import { setTimeout as delay } from 'node:timers/promises';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { Contestant } from '../contestants/contestant.ts';
import { readProcessUsage, resetPeakRss } from '../measure/process-usage.ts';
import { touchMemory } from '../measure/touch-memory.ts';
import { readRanges } from '../services/read-records.ts';
import type { BenchTopics } from '../services/topics.ts';

/** One catch-up of one contestant. */
export interface CatchUp {
  contestant: string;
  rows: number;
  /** What they became in the topic: a delete is two, the event and its tombstone. */
  records: number;
  /** Offset of the first record in the contestant's topic. */
  firstOffset: number;
  /** From the append of the first record to that of the last, by the broker's clock. */
  rowsPerSecond: number;
  /** From the command to start until the last record was seen in the topic: includes the engine's own start. */
  rowsPerSecondFromStart: number;
  /** User and system time of the process from the command to start until the last record was seen. */
  cpuSecondsPerMillion: number;
  /** Highest resident set of the process in that time, from just before the start. */
  peakRssBytes: number;
}

const POLL_MS = 100;
/** Asking an engine how it is costs it time of its own. */
const CHECK_MS = 2_000;
/** A catch-up in which no record arrives for this long has failed. */
const STALL_MS = 120_000;
/** Time in which records too many would show. */
const SETTLE_MS = 500;

interface CatchUpOptions {
  contestant: Contestant;
  topics: BenchTopics;
  brokers: string[];
  /** Row changes that were committed since the contestant's last halt. */
  rows: number;
  /** Records that these make. */
  records: number;
}

/** Lets a contestant stream `rows` waiting rows, halts it, and says what that took. */
export async function measureCatchUp(options: CatchUpOptions): Promise<CatchUp> {
  const { contestant, topics, brokers, rows, records } = options;
  const firstOffset = await topics.end(contestant.topic);
  const pid = await contestant.prepare();
  await touchMemory();
  await resetPeakRss(pid);
  const before = await readProcessUsage(pid);
  const startedAt = performance.now();
  await contestant.release();
  await untilEnd(options, firstOffset + records);
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await readProcessUsage(pid);
  await delay(SETTLE_MS);
  await contestant.halt();
  await requireExactly(options, firstOffset + records);
  return {
    contestant: contestant.name,
    rows,
    records,
    firstOffset,
    rowsPerSecond: (rows - 1) / (await appendSeconds(brokers, contestant.topic, { firstOffset, records })),
    rowsPerSecondFromStart: rows / seconds,
    cpuSecondsPerMillion: ((after.cpuSeconds - before.cpuSeconds) / rows) * 1e6,
    peakRssBytes: after.peakRssBytes,
  };
}

/** Waits until the topic holds records up to `end`; rejects when the contestant fails or stalls. */
async function untilEnd({ contestant, topics }: CatchUpOptions, end: number): Promise<void> {
  let seen = -1;
  let movedAt = performance.now();
  let checkedAt = movedAt;
  for (;;) {
    const now = await topics.end(contestant.topic);
    if (now >= end) return;
    if (now !== seen) movedAt = performance.now();
    seen = now;
    if (performance.now() - movedAt > STALL_MS) {
      throw new SealaneError({
        code: 'BENCH_STALLED',
        message: `${contestant.name} has delivered nothing for ${STALL_MS / 1000} s at offset ${now} of ${end}.`,
      });
    }
    if (performance.now() - checkedAt > CHECK_MS) {
      await contestant.check();
      checkedAt = performance.now();
    }
    await delay(POLL_MS);
  }
}

async function requireExactly({ contestant, topics }: CatchUpOptions, end: number): Promise<void> {
  const now = await topics.end(contestant.topic);
  if (now === end) return;
  throw new SealaneError({
    code: 'BENCH_RECORD_COUNT',
    message: `${contestant.name} wrote ${now - end} records more than the rows make.`,
  });
}

async function appendSeconds(
  brokers: string[],
  topic: string,
  { firstOffset, records }: { firstOffset: number; records: number },
): Promise<number> {
  const ends = [
    { offset: firstOffset, count: 1 },
    { offset: firstOffset + records - 1, count: 1 },
  ];
  const [first, last] = await readRanges(brokers, topic, ends);
  return ((last?.[0]?.timestamp ?? Number.NaN) - (first?.[0]?.timestamp ?? Number.NaN)) / 1000;
}
