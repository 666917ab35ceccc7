import { median } from '../measure/percentile.ts';
import { type Bar, round } from '../results/bars.ts';
import { formatTable } from '../results/format-table.ts';
import type { LoadShape } from '../services/bench-table.ts';
import type { CatchUp } from './catch-up.ts';
import type { StreamLoadResult } from './run-stream-bench.ts';

/** Medians of one contestant over the repetitions of a load. */
export interface StreamFigures {
  rowsPerSecond: number;
  rowsPerSecondFromStart: number;
  cpuSecondsPerMillion: number;
  peakRssMegabytes: number;
}

/** One load, boiled down. */
export interface StreamSummary {
  shape: LoadShape;
  title: string;
  contestants: Record<string, StreamFigures>;
  /** Ours over the peer's; null where only one took part. */
  ratios: StreamFigures | null;
}

const LOAD_TITLES: Readonly<Record<LoadShape, string>> = {
  large: 'rows in 100,000-row transactions',
  single: 'rows in one-row transactions',
  wide: 'inserts, updates and deletes of 60 columns',
};

const MEGABYTE = 1_000_000;

const FIGURES = [
  'rowsPerSecond',
  'rowsPerSecondFromStart',
  'cpuSecondsPerMillion',
  'peakRssMegabytes',
] as const;

/** Medians per contestant and ours over the peer's. */
export function summarizeStream({ load, catchUps }: StreamLoadResult): StreamSummary {
  const names = new Set(catchUps.map(({ contestant }) => contestant));
  const contestants = Object.fromEntries(
    [...names]
      .sort()
      .map((name) => [name, figures(catchUps.filter(({ contestant }) => contestant === name))]),
  );
  return {
    shape: load.shape,
    title: `${load.rows.toLocaleString('en-US')} ${LOAD_TITLES[load.shape]}`,
    contestants,
    ratios: ratiosOf(contestants.sealane, contestants.debezium),
  };
}

function ratiosOf(ours: StreamFigures | undefined, peer: StreamFigures | undefined): StreamFigures | null {
  if (ours === undefined || peer === undefined) return null;
  const ratios = { ...ours };
  for (const figure of FIGURES) ratios[figure] = ours[figure] / peer[figure];
  return ratios;
}

function figures(catchUps: readonly CatchUp[]): StreamFigures {
  return {
    rowsPerSecond: median(catchUps.map((catchUp) => catchUp.rowsPerSecond)),
    rowsPerSecondFromStart: median(catchUps.map((catchUp) => catchUp.rowsPerSecondFromStart)),
    cpuSecondsPerMillion: median(catchUps.map((catchUp) => catchUp.cpuSecondsPerMillion)),
    peakRssMegabytes: median(catchUps.map((catchUp) => catchUp.peakRssBytes / MEGABYTE)),
  };
}

/** The table that a person reads. */
export function formatStream(summary: StreamSummary): string {
  const head = [summary.title, 'rows/s', 'rows/s from start', 'CPU s per 1M', 'peak RSS MB'];
  const line = (name: string, values: StreamFigures): string[] => [
    name,
    ...FIGURES.map((figure) => round(values[figure])),
  ];
  const rows = Object.entries(summary.contestants).map(([name, values]) => line(name, values));
  if (summary.ratios !== null) rows.push(line('sealane ÷ debezium', summary.ratios));
  return formatTable(head, rows);
}

/** What a load must reach; nothing where only one engine took part. */
export function streamBars({ shape, title, contestants, ratios }: StreamSummary): Bar[] {
  const ours = contestants.sealane;
  if (ours === undefined || ratios === null) return [];
  const bars: Bar[] = [
    {
      title: `${title}: rows/s over Debezium's`,
      value: ratios.rowsPerSecond,
      limit: 4,
      bound: 'least',
      unit: '×',
    },
    {
      title: `${title}: CPU per 1M rows`,
      value: ours.cpuSecondsPerMillion,
      limit: 5,
      bound: 'most',
      unit: 's',
    },
    { title: `${title}: peak RSS`, value: ours.peakRssMegabytes, limit: 300, bound: 'most', unit: 'MB' },
  ];
  // What a million rows of sixty columns may cost is nowhere laid down.
  return shape === 'wide' ? bars.filter(({ unit }) => unit !== 's') : bars;
}
