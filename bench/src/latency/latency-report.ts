import { median } from '../measure/percentile.ts';
import { type Bar, round } from '../results/bars.ts';
import { formatTable } from '../results/format-table.ts';
import type { LatencyPass } from './run-latency-bench.ts';

/** Medians of one contestant over all repetitions; latencies in milliseconds. */
export interface LatencyFigures {
  p50: number;
  p95: number;
  p99: number;
  max: number;
  /** Share of one core, in percent. */
  cpuPercent: number;
}

/** A latency run, boiled down. */
export interface LatencyComparison {
  contestants: Record<string, LatencyFigures>;
  /** Ours over the peer's; null where only one took part. */
  ratios: LatencyFigures | null;
}

const FIGURES = ['p50', 'p95', 'p99', 'max', 'cpuPercent'] as const;

/** Medians per contestant and ours over the peer's. */
export function summarizeLatency(passes: readonly LatencyPass[]): LatencyComparison {
  const names = new Set(passes.map(({ contestant }) => contestant));
  const contestants = Object.fromEntries(
    [...names].sort().map((name) => [name, figures(passes.filter(({ contestant }) => contestant === name))]),
  );
  return { contestants, ratios: ratiosOf(contestants.sealane, contestants.debezium) };
}

function ratiosOf(ours: LatencyFigures | undefined, peer: LatencyFigures | undefined): LatencyFigures | null {
  if (ours === undefined || peer === undefined) return null;
  const ratios = { ...ours };
  for (const figure of FIGURES) ratios[figure] = ours[figure] / peer[figure];
  return ratios;
}

function figures(passes: readonly LatencyPass[]): LatencyFigures {
  return {
    p50: median(passes.map(({ latency }) => latency.p50)),
    p95: median(passes.map(({ latency }) => latency.p95)),
    p99: median(passes.map(({ latency }) => latency.p99)),
    max: median(passes.map(({ latency }) => latency.max)),
    cpuPercent: median(passes.map(({ cpuShare }) => cpuShare * 100)),
  };
}

/** The table that a person reads. */
export function formatLatency({ contestants, ratios }: LatencyComparison): string {
  const line = (name: string, values: LatencyFigures): string[] => [
    name,
    ...FIGURES.map((figure) => round(values[figure])),
  ];
  const rows = Object.entries(contestants).map(([name, values]) => line(name, values));
  const head = ['commit to consumer', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'CPU %'];
  if (ratios !== null) rows.push(line('sealane ÷ debezium', ratios));
  return formatTable(head, rows);
}

/** What a latency run must reach; nothing where only one engine took part. */
export function latencyBars({ ratios }: LatencyComparison): Bar[] {
  if (ratios === null) return [];
  return [
    { title: "p50 over Debezium's", value: ratios.p50, limit: 0.4, bound: 'most', unit: '×' },
    { title: "p99 over Debezium's", value: ratios.p99, limit: 0.4, bound: 'most', unit: '×' },
  ];
}
