'use client';

import type { PipelineEvent } from '@sealane/contracts/live';
import dynamic from 'next/dynamic';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { formatCompact, formatDuration, formatLag, formatRate } from '../../components/format/numbers.ts';
import { formatClock } from '../../components/format/time.ts';
import { Panel } from '../../components/ui/panel.tsx';
import { Segmented } from '../../components/ui/segmented.tsx';
import { useZone } from '../frame/clock.tsx';
import { useSchemaMarks } from '../schema-changes/use-schema-marks.ts';
import type { LivePoint } from './live-point.ts';
import type { ChartMark, ChartSeries } from './time-chart.tsx';
import { type ChartData, type RangeName, useChartData } from './use-chart-data.ts';

const TimeChart = dynamic(() => import('./time-chart.tsx').then((module) => module.TimeChart), {
  ssr: false,
  loading: () => <div className="h-50" />,
});

type Plotted = Exclude<keyof LivePoint, 'at' | 'runId' | 'precisionMs'>;

const lagSeries = [
  { id: 'commitToReadMs', label: 'commit → read', colour: '--t-chart-1' },
  { id: 'readToQueueMs', label: 'read → queue', colour: '--t-chart-2' },
  { id: 'queueToAckMs', label: 'queue → ack', colour: '--t-chart-3' },
] as const satisfies readonly (ChartSeries & { id: Plotted })[];

/** What counts from the source's commit time, and is as exact as that. */
const FROM_COMMIT: ReadonlySet<Plotted> = new Set(['commitToReadMs', 'totalMs']);

/** A lag as exactly as it was known at that point. */
function lagReadout(point: LivePoint | null, id: Plotted): string {
  return formatLag(point?.[id], FROM_COMMIT.has(id) ? point?.precisionMs : undefined);
}

const rateSeries = [
  { id: 'create', label: '+ create', colour: '--t-ok' },
  { id: 'update', label: '~ update', colour: '--t-warn' },
  { id: 'delete', label: '− delete', colour: '--t-bad' },
  { id: 'read', label: '• snapshot', colour: '--t-info' },
] as const satisfies readonly (ChartSeries & { id: Plotted })[];

const rangeChoices = [
  { value: '5m', label: '5 m' },
  { value: '15m', label: '15 m' },
  { value: '1h', label: '1 h' },
  { value: '6h', label: '6 h' },
  { value: '24h', label: '24 h' },
] as const;

const MARKED = new Set([
  'pipeline.starting',
  'pipeline.recovered',
  'pipeline.stopped',
  'snapshot.locked',
  'snapshot.completed',
]);

function marksOf(events: readonly PipelineEvent[]): ChartMark[] {
  return events
    .filter((event) => MARKED.has(event.type))
    .map((event) => ({ at: Date.parse(event.at), kind: 'event', label: event.message }));
}

interface ChartsProps {
  id: string;
  live: readonly LivePoint[];
  events: readonly PipelineEvent[];
}

/** Lag by stage and throughput by operation on one time axis with one crosshair. */
export function PipelineCharts({ id, live, events }: ChartsProps) {
  const [range, setRange] = useQueryState(
    'range',
    parseAsStringLiteral(rangeChoices.map((choice) => choice.value)).withDefault('15m'),
  );
  const data = useChartData(id, range, live);
  const [hover, setHover] = useState<number | null>(null);
  const schemaMarks = useSchemaMarks(id);
  const marks = useMemo(() => [...marksOf(events), ...schemaMarks], [events, schemaMarks]);
  const shared = { data, marks, hover, onHover: setHover, group: `pipeline-${id}` };
  return (
    <Panel
      title="Lag and throughput"
      actions={
        <Segmented<RangeName> label="Time range" choices={rangeChoices} value={range} onChange={setRange} />
      }
      flush
    >
      <div id="charts" className="grid scroll-mt-16 xl:grid-cols-2 xl:divide-x">
        <Chart
          title="Lag by stage"
          series={lagSeries}
          format={formatDuration}
          readout={lagReadout}
          total="totalMs"
          {...shared}
        />
        <Chart
          title="Acknowledged by operation"
          series={rateSeries}
          format={(v) => `${formatCompact(v)}/s`}
          readout={(point, id) => formatRate(point?.[id])}
          {...shared}
        />
      </div>
    </Panel>
  );
}

interface ChartProps {
  title: string;
  series: readonly (ChartSeries & { id: Plotted })[];
  format: (value: number) => string;
  readout: (point: LivePoint | null, id: Plotted) => string;
  total?: Plotted;
  data: ChartData;
  marks: readonly ChartMark[];
  hover: number | null;
  onHover: (index: number | null) => void;
  group: string;
}

function Chart({ title, series, format, readout, total, data, marks, hover, onHover, group }: ChartProps) {
  const values = useMemo(
    () => series.map((entry) => data.points.map((point) => point?.[entry.id] ?? null)),
    [series, data.points],
  );
  const [zone] = useZone();
  const index = hover ?? data.points.length - 1;
  const found = data.points[index] ?? null;
  const old = found !== null && data.range[1] * 1000 - found.at > Math.max(10_000, data.seconds * 3000);
  const point = hover === null && old ? null : found;
  return (
    <figure className="min-w-0 p-3 max-xl:not-last:border-b">
      <figcaption className="flex min-h-10 flex-wrap items-baseline gap-x-3 gap-y-0.5 text-xs">
        <span className="font-medium text-ink">{title}</span>
        <span className="tnum text-ink-3">
          {point === null ? '' : hover === null ? 'now' : formatClock(point.at, zone).slice(0, 8)}
        </span>
        {total ? <span className="tnum text-ink-2">total {readout(point, total)}</span> : null}
        {series.map((entry) => (
          <span key={entry.id} className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink-2">
            <span className="size-2 rounded-xs" style={{ background: `var(${entry.colour})` }} />
            {entry.label}
            <span className="tnum inline-block min-w-14 text-ink">{readout(point, entry.id)}</span>
          </span>
        ))}
      </figcaption>
      <div className="relative">
        <TimeChart
          label={`${title}, ${data.points.length} points`}
          series={series}
          times={data.times}
          values={values}
          range={data.range}
          format={format}
          marks={marks}
          onHover={onHover}
          group={group}
        />
        {hover === null ? null : <NearMarks marks={marks} at={found?.at ?? null} range={data.range} />}
        {data.points.length === 0 && !data.pending ? (
          <p className="absolute inset-0 flex items-center justify-center text-sm text-ink-3">
            {data.error
              ? 'History could not be read; live points still appear.'
              : 'No sample in this range yet.'}
          </p>
        ) : null}
      </div>
    </figure>
  );
}

/** Share of the axis within which a mark counts as under the crosshair. */
const NEAR = 0.01;
const MOST_NEAR = 3;

/** What the marks under the crosshair stand for. */
function NearMarks({
  marks,
  at,
  range,
}: Pick<ChartProps, 'marks'> & { at: number | null; range: ChartData['range'] }) {
  const [zone] = useZone();
  if (at === null) return null;
  const reach = (range[1] - range[0]) * 1000 * NEAR;
  const near = marks.filter((mark) => Math.abs(mark.at - at) <= reach).slice(0, MOST_NEAR);
  if (near.length === 0) return null;
  return (
    <ul className="pointer-events-none absolute top-2 right-2 left-20 space-y-0.5 text-2xs">
      {near.map((mark) => (
        <li key={`${mark.at}${mark.label}`} className="truncate rounded-xs bg-raised/90 px-1 text-ink-2">
          <span className="tnum text-ink-3">{formatClock(mark.at, zone).slice(0, 8)}</span>{' '}
          <span className={mark.kind === 'ddl' ? 'font-mono text-violet' : undefined}>{mark.label}</span>
        </li>
      ))}
    </ul>
  );
}
