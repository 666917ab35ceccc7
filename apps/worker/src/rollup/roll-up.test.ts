import type { SampleBucket } from '@sealane/contracts/live';
import { describe, expect, it } from 'vitest';
import { createRollUp, type RollupStores } from './roll-up.ts';
import type { RollupSample } from './sample-buckets.ts';

const T = 1_800_000_000_000;

/** A pipeline that acknowledges 10 rows each second from T on, and a store that replaces buckets. */
function scene() {
  const kept = new Map<number, SampleBucket>();
  const calls = { minutes: [] as number[], deletions: 0 };
  const samples = (until: number): RollupSample[] =>
    Array.from({ length: Math.floor((until - T) / 1000) }, (_, second) => ({
      at: T + second * 1000,
      runId: 'r',
      rowsAcknowledged: second * 10,
      bytesAcknowledged: 0,
      rowsPerSecondAcknowledged: 10,
      bytesPerSecondAcknowledged: 0,
      operations: { create: 0, update: 0, delete: 0, read: 0, tombstone: 0 },
      lag: { commitToReadMs: 1, readToQueueMs: 1, queueToAckMs: 1, totalMs: 3, commitPrecisionMs: 0 },
      rssBytes: 1,
      cpuPercent: 1,
    }));
  let now = T;
  const stores: RollupStores = {
    pipelineIds: async () => ['p'],
    samplesSince: async (_id, since) => samples(now).filter((sample) => sample.at >= since),
    saveBuckets: async (_id, buckets) => {
      for (const bucket of buckets) kept.set(bucket.at, bucket);
    },
    rollUpMinutes: async (since) => {
      calls.minutes.push(since.getTime());
    },
    deleteOld: async () => {
      calls.deletions += 1;
    },
  };
  const at = (seconds: number): number => {
    now = T + seconds * 1000;
    return now;
  };
  return { kept, calls, at, stores };
}

describe('roll-up', () => {
  it('gives the same history whichever workers take turns', async () => {
    const { kept, at, stores } = scene();
    const workers = [createRollUp(stores), createRollUp(stores)];
    for (let second = 7; second < 600; second += 10) await workers[second % 20 > 10 ? 1 : 0]?.(at(second));
    const rows = [...kept.values()].map((bucket) => bucket.rowsAcknowledged);
    expect(rows.slice(1, 58).every((count) => count === 100)).toBe(true);
    expect(kept.size).toBe(59);
  });

  it('catches up after a time without a worker', async () => {
    const { kept, at, stores } = scene();
    await createRollUp(stores)(at(302));
    expect(kept.size).toBe(30);
  });

  it('deletes what is too old now and then, not each time', async () => {
    const { calls, at, stores } = scene();
    const rollUp = createRollUp(stores);
    for (let second = 0; second < 700; second += 10) await rollUp(at(second));
    expect(calls.deletions).toBe(2);
    expect(calls.minutes).toHaveLength(70);
  });
});
