import { expect, it } from 'vitest';
import { isMet } from '../results/bars.ts';
import { latencyBars, summarizeLatency } from './latency-report.ts';
import type { LatencyPass } from './run-latency-bench.ts';

function pass(contestant: string, p50: number, p99: number): LatencyPass {
  return { contestant, latency: { count: 6000, p50, p95: p99, p99, max: p99 * 2 }, cpuShare: 0.05 };
}

it('compares the medians of the percentiles', () => {
  const { ratios } = summarizeLatency([
    pass('sealane', 1, 6),
    pass('debezium', 5, 20),
    pass('debezium', 5, 24),
    pass('sealane', 1, 90),
    pass('sealane', 1, 5),
    pass('debezium', 5, 1),
  ]);
  expect(ratios?.p50).toBe(0.2);
  expect(ratios?.p99).toBe(0.3);
  expect(ratios?.cpuPercent).toBe(1);
});

it('holds each percentile to its own bar', () => {
  const bars = latencyBars(summarizeLatency([pass('sealane', 1, 19), pass('debezium', 5, 20)]));
  expect(bars.map(isMet)).toEqual([true, false]);
});

it('claims no ratio when an engine ran alone', () => {
  expect(latencyBars(summarizeLatency([pass('debezium', 5, 20)]))).toEqual([]);
});
