import { describe, expect, it } from 'vitest';
import { isMet } from '../results/bars.ts';
import type { LoadShape } from '../services/bench-table.ts';
import type { CatchUp } from './catch-up.ts';
import type { StreamLoadResult } from './run-stream-bench.ts';
import { formatStream, streamBars, summarizeStream } from './stream-report.ts';

function catchUp(contestant: string, rowsPerSecond: number): CatchUp {
  return {
    contestant,
    rows: 1_000_000,
    records: 1_000_000,
    firstOffset: 0,
    rowsPerSecond,
    rowsPerSecondFromStart: rowsPerSecond / 2,
    cpuSecondsPerMillion: 1_000_000 / rowsPerSecond,
    peakRssBytes: contestant === 'sealane' ? 130e6 : 1800e6,
  };
}

function result(catchUps: CatchUp[], shape: LoadShape = 'large'): StreamLoadResult {
  const load = { shape, rows: 1_000_000, warmUpRows: 0, repetitions: 3 };
  return { load, catchUps, differences: [], compared: 0 };
}

describe('summarizeStream', () => {
  const summary = summarizeStream(
    result([
      catchUp('sealane', 400_000),
      catchUp('debezium', 70_000),
      catchUp('debezium', 50_000),
      catchUp('sealane', 100),
      catchUp('sealane', 500_000),
      catchUp('debezium', 1_000),
    ]),
  );

  it('takes medians, so that one bad repetition of either side decides nothing', () => {
    expect(summary.contestants.sealane?.rowsPerSecond).toBe(400_000);
    expect(summary.contestants.debezium?.rowsPerSecond).toBe(50_000);
  });

  it('divides ours by the peer’s', () => {
    expect(summary.ratios?.rowsPerSecond).toBe(8);
    expect(summary.ratios?.cpuSecondsPerMillion).toBe(0.125);
    expect(summary.ratios?.peakRssMegabytes).toBeCloseTo(0.0722, 4);
  });

  it('shows each engine and the ratios', () => {
    expect(formatStream(summary)).toMatch(/debezium +50,000[\s\S]*sealane +400,000[\s\S]*÷ debezium +8 /);
  });

  it('holds the bars against it', () => {
    expect(streamBars(summary).map(isMet)).toEqual([true, true, true]);
  });
});

it('holds the wide load to the same ratio, and to no processor time', () => {
  const wide = summarizeStream(result([catchUp('sealane', 50_000), catchUp('debezium', 20_000)], 'wide'));
  expect(wide.title).toBe('1,000,000 inserts, updates and deletes of 60 columns');
  expect(streamBars(wide).map((bar) => [bar.limit, isMet(bar)])).toEqual([
    [4, false],
    [300, true],
  ]);
});

it('claims no ratio and no bar when an engine ran alone', () => {
  const alone = summarizeStream(result([catchUp('sealane', 400_000)]));
  expect(alone.ratios).toBeNull();
  expect(streamBars(alone)).toEqual([]);
});
