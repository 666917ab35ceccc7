import { formatDuration } from '../../components/format/numbers.ts';

const WIDTH = 96;
const HEIGHT = 22;

/** A minute of total lag; gaps where it was unknown. The scale is never finer than 100 ms, so that noise looks small. */
export function LagSparkline({ points }: { points: readonly { at: number; totalMs: number | null }[] }) {
  const known = points.filter((point) => point.totalMs !== null);
  if (known.length === 0) {
    return (
      <span
        className="inline-block h-5.5 w-24 text-xs leading-5.5 text-ink-3"
        title="No sample in the last minute"
      >
        –
      </span>
    );
  }
  const top = Math.max(100, ...known.map((point) => point.totalMs ?? 0));
  const first = points[0]?.at ?? 0;
  const span = Math.max(1, (points.at(-1)?.at ?? first) - first);
  let path = '';
  let drawing = false;
  for (const point of points) {
    if (point.totalMs === null) {
      drawing = false;
      continue;
    }
    const x = ((point.at - first) / span) * (WIDTH - 2) + 1;
    const y = HEIGHT - 2 - (point.totalMs / top) * (HEIGHT - 4);
    path += `${drawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    drawing = true;
  }
  const peak = formatDuration(Math.max(...known.map((point) => point.totalMs ?? 0)));
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="h-5.5 w-24"
      role="img"
      aria-label={`Lag over the last minute, at most ${peak}`}
    >
      <title>{`Lag over the last minute, at most ${peak}`}</title>
      <path d={`M1 ${HEIGHT - 2}H${WIDTH - 1}`} className="stroke-line" />
      <path
        d={path}
        className="fill-none stroke-accent"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
