import type { PipelineSample } from '@sealane/contracts/live';
import type { PipelineStatus } from '@sealane/contracts/pipeline-state';
import { formatLag } from '../../components/format/numbers.ts';
import { laneStretches, stretchWeight } from './lane-stages.ts';
import type { Tone } from './state-look.ts';

const strokes: Record<Tone, string> = {
  accent: 'bg-accent',
  ok: 'bg-ok',
  info: 'bg-info',
  warn: 'bg-warn',
  bad: 'bg-bad',
  idle: 'bg-line-strong',
};

/** The lane, small: four stations, and between them lines as wide as the time spent there. */
export function MiniLane({
  sample,
  status,
  now,
}: {
  sample: PipelineSample | null;
  status: PipelineStatus;
  now: number;
}) {
  const stretches = laneStretches(sample, status, now);
  const words = stretches
    .map((stretch) => `${stretch.label} ${stretch.waits ?? formatLag(stretch.ms, stretch.precisionMs)}`)
    .join(', ');
  return (
    <span className="flex w-30 items-center" role="img" aria-label={`Lag by stage: ${words}`} title={words}>
      <Station tone={stretches[0]?.tone ?? 'idle'} />
      {stretches.map((stretch) => (
        <span key={stretch.id} className="contents">
          <span
            className={`h-0.5 min-w-2 transition-[flex-grow] ${strokes[stretch.tone]} ${stretch.waits === null ? '' : 'opacity-50'}`}
            style={{ flexGrow: stretchWeight(stretch.ms) }}
          />
          <Station tone={stretch.tone} />
        </span>
      ))}
    </span>
  );
}

function Station({ tone }: { tone: Tone }) {
  return <span className={`size-1.5 shrink-0 rounded-full ${strokes[tone]}`} />;
}
