import type uPlot from 'uplot';
import { formatAxisTime } from '../../components/format/time.ts';
import type { ChartInputs, ChartSeries } from './time-chart.tsx';

/** Turns series into running sums, top of the stack first, as uPlot paints them one over the other. */
export function stack(
  times: readonly number[],
  values: readonly (readonly (number | null)[])[],
): uPlot.AlignedData {
  const sums = new Array<number | null>(times.length).fill(null);
  const layers: (number | null)[][] = [];
  for (const layer of values) {
    for (let index = 0; index < times.length; index += 1) {
      const value = layer[index];
      if (value !== null && value !== undefined) sums[index] = (sums[index] ?? 0) + value;
    }
    layers.push(sums.slice());
  }
  return [times.slice(), ...layers.reverse()];
}

function variable(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

interface OptionsInit {
  series: readonly ChartSeries[];
  group: string;
  width: number;
  height: number;
  inputs: { readonly current: ChartInputs };
}

/** The options of one chart; colours are read from the theme now. */
export function buildOptions({ series, group, width, height, inputs }: OptionsInit): uPlot.Options {
  const grid = { stroke: variable('--t-line'), width: 1 };
  const axis = {
    stroke: variable('--t-ink-3'),
    font: '11px "Inter Variable", sans-serif',
    grid,
    ticks: { show: false },
  };
  return {
    width,
    height,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: group }, drag: { x: false, y: false }, points: { show: false }, y: false },
    scales: {
      x: { time: true, range: () => [inputs.current.range[0], inputs.current.range[1]] },
      y: { range: (_plot, _min, max) => [0, Number.isFinite(max) && max > 0 ? max * 1.15 : 1] },
    },
    axes: [
      { ...axis, size: 26, space: 72, values: (_plot, ticks) => axisTimes(ticks, inputs.current) },
      {
        ...axis,
        size: 76,
        space: 36,
        values: (_plot, ticks) => ticks.map((tick) => inputs.current.format(tick)),
      },
    ],
    series: [{}, ...series.toReversed().map((entry) => paint(entry))],
    hooks: {
      setCursor: [(plot) => inputs.current.onHover(plot.cursor.idx ?? null)],
      draw: [(plot) => drawMarks(plot, inputs.current)],
    },
  };
}

function axisTimes(ticks: number[], inputs: ChartInputs): string[] {
  const seconds = inputs.range[1] - inputs.range[0] <= 900;
  return ticks.map((tick) => formatAxisTime(tick * 1000, inputs.zone, seconds));
}

/** A share of one `#rrggbb` or `#rgb` colour laid over another. */
function mix(top: string, under: string, share: number): string {
  const long = (colour: string) => (colour.length === 4 ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour);
  const channel = (colour: string, at: number) => Number.parseInt(long(colour).slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) =>
    Math.round(channel(top, at) * share + channel(under, at) * (1 - share)),
  );
  return `rgb(${mixed.join(' ')})`;
}

/** Each layer covers those above it with a flat tint, so the fill must not let them through. */
function paint(entry: ChartSeries): uPlot.Series {
  const colour = variable(entry.colour);
  return {
    label: entry.label,
    stroke: colour,
    width: 1.25,
    fill: mix(colour, variable('--t-surface'), 0.32),
    points: { show: false },
    spanGaps: false,
  };
}

function drawMarks(plot: uPlot, inputs: ChartInputs): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const mark of inputs.marks) {
    const x = Math.round(plot.valToPos(mark.at / 1000, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    const colour = variable(mark.kind === 'ddl' ? '--t-violet' : '--t-ink-3');
    ctx.strokeStyle = colour;
    ctx.fillStyle = colour;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    drawHead(ctx, { x, top: bbox.top, isDdl: mark.kind === 'ddl' });
  }
  ctx.restore();
}

/** A triangle for an event, a diamond for a DDL: the shape says what the colour says. */
function drawHead(
  ctx: CanvasRenderingContext2D,
  { x, top, isDdl }: { x: number; top: number; isDdl: boolean },
): void {
  const size = 4 * devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x - size, isDdl ? top + size : top);
  if (isDdl) ctx.lineTo(x, top);
  ctx.lineTo(x + size, isDdl ? top + size : top);
  ctx.lineTo(x, isDdl ? top + size * 2 : top + size * 1.4);
  ctx.fill();
}
