'use client';

import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { ZoneChoice } from '../../components/format/time.ts';
import { useZone } from '../frame/clock.tsx';
import { useIsDark } from '../frame/theme.ts';
import { buildOptions, stack } from './chart-options.ts';

export interface ChartSeries {
  id: string;
  label: string;
  /** CSS variable of the colour, e.g. `--t-chart-1`. */
  colour: string;
}

export interface ChartMark {
  at: number;
  /** A DDL, or something that happened to the pipeline. */
  kind: 'ddl' | 'event';
  label: string;
}

interface TimeChartProps {
  label: string;
  /** Bottom of the stack first. */
  series: readonly ChartSeries[];
  /** Epoch seconds, ascending. */
  times: readonly number[];
  /** One list per series, in the same order. */
  values: readonly (readonly (number | null)[])[];
  /** Epoch seconds of both ends of the axis. */
  range: readonly [number, number];
  format: (value: number) => string;
  marks: readonly ChartMark[];
  /** Which point the crosshair stands on, null when it left. */
  onHover: (index: number | null) => void;
  /** Charts of one group share their crosshair. */
  group: string;
}

const HEIGHT = 200;

/** Everything that the drawing reads at paint time, so that new data needs no new chart. */
export interface ChartInputs {
  marks: readonly ChartMark[];
  format: (value: number) => string;
  zone: ZoneChoice;
  range: readonly [number, number];
  onHover: (index: number | null) => void;
}

/** A stacked area chart over time; drawn on a canvas, described in words for who cannot see it. */
export function TimeChart(props: TimeChartProps) {
  const { label, series, times, values, range, format, marks, onHover, group } = props;
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const dark = useIsDark();
  const [zone] = useZone();
  const inputs = useRef<ChartInputs>({ marks, format, zone, range, onHover });
  useEffect(() => {
    inputs.current = { marks, format, zone, range, onHover };
  });
  const shape = series.map((entry) => entry.id).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the chart is rebuilt when its shape or its colours change, and only then.
  useEffect(() => {
    const node = host.current;
    if (node === null) return;
    const options = buildOptions({ series, group, width: node.clientWidth, height: HEIGHT, inputs });
    const plot = new uPlot(options, [[], ...series.map(() => [])], node);
    chart.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: node.clientWidth, height: HEIGHT }));
    observer.observe(node);
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [shape, dark, group, zone]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a rebuilt chart needs its data again.
  useEffect(() => {
    chart.current?.setData(stack(times, values), false);
    chart.current?.setScale('x', { min: range[0], max: range[1] });
  }, [times, values, range, shape, dark, group, zone]);

  return <div ref={host} role="img" aria-label={label} style={{ height: HEIGHT }} className="w-full" />;
}
