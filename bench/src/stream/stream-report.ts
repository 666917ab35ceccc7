import { median } from '../measure/percentile.ts';
import { type Bar, round } from '../results/bars.ts';
import { formatTable } from '../results/format-table.ts';
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
  title: string;
  contestants: Record<string, StreamFigures>;
  /** Ours over the peer's. */
  ratios: StreamFigures;
}

const MEGABYTE = 1_000_000;

/** Medians per contestant and ours over the peer's. */
export function summarizeStream({ load, catchUps }: StreamLoadResult): StreamSummary {
  const ours = figures(catchUps.filter(({ contestant }) => contestant === 'sealane'));
  const peer = figures(catchUps.filter(({ contestant }) => contestant !== 'sealane'));
  const transactions = load.shape === 'large' ? '100,000-row transactions' : 'one-row transactions';
  return {
    title: `${load.rows.toLocaleString('en-US')} rows in ${transactions}`,
    contestants: { sealane: ours, debezium: peer },
    ratios: {
      rowsPerSecond: ours.rowsPerSecond / peer.rowsPerSecond,
      rowsPerSecondFromStart: ours.rowsPerSecondFromStart / peer.rowsPerSecondFromStart,
      cpuSecondsPerMillion: ours.cpuSecondsPerMillion / peer.cpuSecondsPerMillion,
      peakRssMegabytes: ours.peakRssMegabytes / peer.peakRssMegabytes,
    },
  };
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
    round(values.rowsPerSecond),
    round(values.rowsPerSecondFromStart),
    round(values.cpuSecondsPerMillion),
    round(values.peakRssMegabytes),
  ];
  const rows = Object.entries(summary.contestants).map(([name, values]) => line(name, values));
  return formatTable(head, [...rows, line('sealane ÷ debezium', summary.ratios)]);
}

/** What a load must reach. */
export function streamBars({ title, contestants, ratios }: StreamSummary): Bar[] {
  const ours = contestants.sealane;
  return [
    {
      title: `${title}: rows/s over Debezium's`,
      value: ratios.rowsPerSecond,
      limit: 4,
      bound: 'least',
      unit: '×',
    },
    {
      title: `${title}: CPU per 1M rows`,
      value: ours?.cpuSecondsPerMillion ?? Number.NaN,
      limit: 5,
      bound: 'most',
      unit: 's',
    },
    {
      title: `${title}: peak RSS`,
      value: ours?.peakRssMegabytes ?? Number.NaN,
      limit: 300,
      bound: 'most',
      unit: 'MB',
    },
  ];
}
