import type { PipelineSample } from '@sealane/contracts/live';
import { describe, expect, it } from 'vitest';
import { type LivePoint, mergePoints, pointFromSamples } from './live-point.ts';

const zero = { create: 0, update: 0, delete: 0, read: 0, tombstone: 0 };

function sample(over: Partial<PipelineSample>): PipelineSample {
  return {
    at: 1000,
    runId: 'a',
    state: 'running',
    rowsRead: 0,
    rowsAcknowledged: 0,
    bytesRead: 0,
    bytesAcknowledged: 0,
    transactions: 0,
    operations: zero,
    rowsPerSecondRead: 0,
    rowsPerSecondAcknowledged: 0,
    bytesPerSecondAcknowledged: 0,
    lag: { commitToReadMs: 1, readToQueueMs: 2, queueToAckMs: 3, totalMs: 6, commitPrecisionMs: 0 },
    queueRecords: 0,
    queueBytes: 0,
    position: null,
    committedPosition: null,
    lastSourceContactAtMs: null,
    newestEventAtMs: null,
    waitingFor: null,
    rssBytes: 0,
    heapBytes: 0,
    cpuPercent: 0,
    errors: 0,
    tables: [],
    snapshot: null,
    ...over,
  };
}

function point(at: number, totalMs: number | null, precisionMs = 1): LivePoint {
  return {
    at,
    runId: null,
    commitToReadMs: null,
    readToQueueMs: null,
    queueToAckMs: null,
    totalMs,
    precisionMs,
    create: 0,
    update: 0,
    delete: 0,
    read: 0,
    rowsPerSecond: 0,
    bytesPerSecond: 0,
  };
}

describe('pointFromSamples', () => {
  it('takes rates from the difference of totals', () => {
    const before = sample({ at: 1000, operations: { ...zero, create: 10 }, rowsAcknowledged: 10 });
    const now = sample({ at: 3000, operations: { ...zero, create: 30 }, rowsAcknowledged: 30 });
    expect(pointFromSamples(now, before)).toMatchObject({
      at: 3000,
      create: 10,
      rowsPerSecond: 10,
      totalMs: 6,
    });
  });

  it('never subtracts the counters of two runs', () => {
    const before = sample({ at: 1000, runId: 'a', rowsAcknowledged: 1_000_000 });
    expect(pointFromSamples(sample({ at: 2000, runId: 'b', rowsAcknowledged: 5 }), before)).toBeNull();
  });
});

describe('mergePoints', () => {
  it('appends live points after history, averaged to its width, and draws nothing twice', () => {
    const merged = mergePoints({
      history: [point(0, 1), point(10_000, 2)],
      live: [point(15_000, 99), point(21_000, 4), point(25_000, 6), point(31_000, 8)],
      seconds: 10,
      from: 0,
    });
    expect(merged.map((entry) => [entry.at, entry.totalMs])).toEqual([
      [0, 1],
      [10_000, 2],
      [20_000, 5],
      [30_000, 8],
    ]);
  });

  it('is no more exact than the coarsest of what it averages', () => {
    const live = [point(1000, 5, 1000), point(1500, 0, 1), point(2000, 0, 1)];
    const merged = mergePoints({ history: [], live, seconds: 1, from: 0 });
    expect(merged.map(({ precisionMs }) => precisionMs)).toEqual([1000, 1]);
  });

  it('keeps unknown apart from zero', () => {
    const merged = mergePoints({
      history: [],
      live: [point(1000, null), point(1500, null)],
      seconds: 1,
      from: 0,
    });
    expect(merged[0]?.totalMs).toBeNull();
  });

  it('leaves out what lies before the range', () => {
    expect(
      mergePoints({ history: [point(0, 1), point(5000, 2)], live: [], seconds: 1, from: 5000 }),
    ).toHaveLength(1);
  });
});
