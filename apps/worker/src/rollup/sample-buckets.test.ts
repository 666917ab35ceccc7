import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RollupSample, sampleBuckets } from './sample-buckets.ts';

const T = 1_800_000_000_000;

function sample(second: number, rows: number, more: Partial<RollupSample> = {}): RollupSample {
  return {
    at: T + second * 1000,
    runId: 'first',
    rowsAcknowledged: rows,
    bytesAcknowledged: rows * 100,
    rowsPerSecondAcknowledged: 0,
    bytesPerSecondAcknowledged: 0,
    operations: { create: rows, update: 0, delete: 0, read: 0, tombstone: 0 },
    lag: { commitToReadMs: 1, readToQueueMs: 2, queueToAckMs: 3, totalMs: 6, commitPrecisionMs: 0 },
    rssBytes: 1000 + second,
    cpuPercent: 50,
    ...more,
  };
}

const all = { seconds: 10, from: T, to: T + 3_600_000 };

describe('sampleBuckets', () => {
  it('sums what each second added, from the sample before the bucket on', () => {
    const samples = [sample(-1, 100), ...Array.from({ length: 20 }, (_, i) => sample(i, 110 + i * 10))];
    const [first, second] = sampleBuckets(samples, all);
    expect(first).toMatchObject({ at: T, seconds: 10, rowsAcknowledged: 100, bytesAcknowledged: 10_000 });
    expect(first?.operations.create).toBe(100);
    expect(second).toMatchObject({ at: T + 10_000, rowsAcknowledged: 100, rssBytesMax: 1019 });
  });

  it('never subtracts the counters of two runs', () => {
    const samples = [
      sample(0, 5000),
      sample(1, 5010),
      sample(2, 7, { runId: 'second' }),
      sample(3, 9, { runId: 'second' }),
    ];
    const [bucket] = sampleBuckets([sample(-1, 4990), ...samples], all);
    expect(bucket?.rowsAcknowledged).toBe(10 + 10 + 7 + 2);
  });

  it('counts a sample without a known predecessor for its own second only', () => {
    const [bucket] = sampleBuckets([sample(0, 1_000_000, { rowsPerSecondAcknowledged: 12 })], all);
    expect(bucket?.rowsAcknowledged).toBe(12);
  });

  it('leaves out buckets that are not over yet', () => {
    const samples = [sample(-1, 0), sample(0, 1), sample(11, 2)];
    expect(sampleBuckets(samples, { ...all, to: T + 19_999 }).map((bucket) => bucket.at)).toEqual([T]);
  });

  it('averages what is known: unknown is not zero', () => {
    const unknown = {
      commitToReadMs: null,
      readToQueueMs: null,
      queueToAckMs: null,
      totalMs: null,
      commitPrecisionMs: 0,
    };
    const [mixed] = sampleBuckets([sample(0, 0, { lag: unknown }), sample(1, 0)], all);
    expect(mixed).toMatchObject({ commitToReadMs: 1, totalMsAvg: 6, totalMsMax: 6 });
    const coarse = sample(1, 0, { lag: { ...unknown, commitPrecisionMs: 1000 } });
    expect(sampleBuckets([sample(0, 0), coarse], all)[0]?.commitPrecisionMs).toBe(1000);
    const [none] = sampleBuckets([sample(0, 0, { lag: unknown })], all);
    expect(none).toMatchObject({ commitToReadMs: null, totalMsAvg: null, totalMsMax: null });
  });

  it('adds up to the same total in 10 s and in 60 s buckets', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 180 }), (steps) => {
        const samples = [sample(-1, 0)];
        let rows = 0;
        for (const [second, added] of steps.entries()) {
          rows += added;
          samples.push(sample(second, rows));
        }
        const totals = [10, 60].map((seconds) =>
          sampleBuckets(samples, { ...all, seconds }).reduce(
            (sum, bucket) => sum + bucket.rowsAcknowledged,
            0,
          ),
        );
        expect(totals).toEqual([rows, rows]);
      }),
    );
  });
});
