'use client';

import type { PipelineListItem } from '@sealane/contracts/api/pipelines';
import type { PipelineSample } from '@sealane/contracts/live';
import type { PipelineStatus } from '@sealane/contracts/pipeline-state';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatLag,
  formatRate,
  lagText,
  plural,
  UNKNOWN,
} from '../../components/format/numbers.ts';
import { formatClock, formatRelative } from '../../components/format/time.ts';
import { cx } from '../../components/ui/cx.ts';
import { useNow, useZone } from '../frame/clock.tsx';
import { isIdle, type LaneStretch, laneStretches, stretchWeight } from './lane-stages.ts';
import { isActive, type Tone, toneText } from './state-look.ts';

interface LaneProps {
  pipeline: PipelineListItem;
  sample: PipelineSample | null;
  status: PipelineStatus;
  /** When the newest sample arrived here, epoch milliseconds. */
  receivedAt: number | null;
  /** Opens the chart of a stage. */
  onPick: (stage: LaneStretch['id'] | 'throughput') => void;
}

/** The path of the data with a live figure at every stage, as wide as the time spent there. */
export function Lane({ pipeline, sample: last, status, receivedAt, onPick }: LaneProps) {
  const now = useNow(1000);
  const [zone] = useZone();
  const sample = isActive(status.state) ? last : null;
  const [read, queue, ack] = laneStretches(sample, status, now);
  const idle = isIdle(sample, now);
  const age = receivedAt === null ? null : now - receivedAt;
  const newest = sample?.newestEventAtMs ?? null;
  return (
    <section aria-label="Lane" className="overflow-hidden rounded-lg border bg-surface">
      <ol className="flex items-stretch max-lg:flex-col lg:px-1">
        <Station
          title={pipeline.source.flavor === 'mysql' ? 'MySQL' : 'MariaDB'}
          note={<SourceNote sample={sample} idle={idle} now={now} />}
        >
          {pipeline.source.name}
        </Station>
        <Stretch stretch={read} onPick={onPick} />
        <Station
          title="Read"
          note={sample ? `${formatCount(sample.rowsRead)} rows` : UNKNOWN}
          onPick={() => onPick('throughput')}
        >
          {formatRate(sample?.rowsPerSecondRead)}
        </Station>
        <Stretch stretch={queue} onPick={onPick} />
        <Station title="Queue" note={sample ? plural(sample.queueRecords, 'record') : UNKNOWN}>
          {formatBytes(sample?.queueBytes)}
        </Station>
        <Stretch stretch={ack} onPick={onPick} />
        <Station
          title="Acknowledged"
          note={sample ? `${formatBytes(sample.bytesPerSecondAcknowledged)}/s` : UNKNOWN}
          onPick={() => onPick('throughput')}
        >
          {formatRate(sample?.rowsPerSecondAcknowledged)}
        </Station>
        <li aria-hidden className="flex items-center justify-center text-ink-3 max-lg:hidden">
          <ChevronRight className="size-4" />
        </li>
        <Station
          title={pipeline.cluster.name}
          note={newest === null ? 'newest –' : `newest ${formatClock(newest, zone)}`}
        >
          {sample ? plural(sample.tables.length, 'topic') : UNKNOWN}
        </Station>
      </ol>
      <LaneFoot stretches={[read, queue, ack]} sample={sample} age={age} />
    </section>
  );
}

function SourceNote({ sample, idle, now }: { sample: PipelineSample | null; idle: boolean; now: number }) {
  if (sample === null) return UNKNOWN;
  const contact = sample.lastSourceContactAtMs;
  if (contact === null) return 'no contact yet';
  const ago = formatRelative(contact, now);
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className="relative flex size-1.5">
        <span className="tick absolute inset-0 rounded-full bg-ok" />
        <span className="size-1.5 rounded-full bg-ok" />
      </span>
      {idle ? `idle, contact ${ago}` : `contact ${ago}`}
    </span>
  );
}

interface StationProps {
  title: string;
  note: ReactNode;
  children: ReactNode;
  onPick?: () => void;
}

function Station({ title, note, children, onPick }: StationProps) {
  const body = (
    <>
      <span className="text-xs text-ink-3">{title}</span>
      <span className="tnum truncate text-base font-semibold text-ink">{children}</span>
      <span className="tnum truncate text-xs text-ink-3">{note}</span>
    </>
  );
  const layout =
    'flex w-full min-w-0 flex-col px-3 py-2.5 text-left max-lg:grid max-lg:grid-cols-[7rem_1fr_auto] max-lg:items-baseline max-lg:gap-2 max-lg:py-1.5';
  return (
    <li className="min-w-0 shrink-0 lg:max-w-[22%] lg:min-w-[7.5rem]">
      {onPick ? (
        <button
          type="button"
          onClick={onPick}
          className={cx(layout, 'fade h-full rounded-md hover:bg-hover focus-visible:-outline-offset-2')}
        >
          {body}
        </button>
      ) : (
        <div className={layout}>{body}</div>
      )}
    </li>
  );
}

const lines: Record<Tone, string> = {
  accent: 'bg-accent',
  ok: 'bg-ok',
  info: 'bg-info',
  warn: 'bg-warn',
  bad: 'bg-bad',
  idle: 'bg-line-strong',
};

function Stretch({ stretch, onPick }: { stretch: LaneStretch | undefined; onPick: LaneProps['onPick'] }) {
  if (stretch === undefined) return null;
  return (
    <li
      className="flex min-w-18 items-stretch transition-[flex-grow]"
      style={{ flexGrow: stretchWeight(stretch.ms) }}
    >
      <button
        type="button"
        onClick={() => onPick(stretch.id)}
        title={`${stretch.label}: show its chart`}
        className="fade flex w-full flex-col justify-center gap-1 rounded-md px-1 hover:bg-hover focus-visible:-outline-offset-2 max-lg:grid max-lg:grid-cols-[7rem_1fr] max-lg:items-center max-lg:px-3 max-lg:py-0.5"
      >
        <span
          className={cx(
            'tnum text-center text-xs font-medium max-lg:order-2 max-lg:text-left',
            toneText[stretch.tone],
          )}
        >
          {stretch.waits === null ? formatLag(stretch.ms, stretch.precisionMs) : 'waiting'}
        </span>
        <span
          className={cx(
            'relative h-0.5 w-full rounded-full max-lg:ml-1 max-lg:h-4 max-lg:w-0.5 max-lg:row-span-1',
            lines[stretch.tone],
          )}
        />
        <span className="text-center text-2xs text-ink-3 max-lg:hidden">{stretch.label}</span>
      </button>
    </li>
  );
}

/** What is known exactly, whatever the source's clock. */
function sinceRead({ lag }: PipelineSample): number | null {
  const { readToQueueMs, queueToAckMs } = lag;
  return readToQueueMs === null || queueToAckMs === null ? null : readToQueueMs + queueToAckMs;
}

function LaneFoot({
  stretches,
  sample,
  age,
}: {
  stretches: (LaneStretch | undefined)[];
  sample: PipelineSample | null;
  age: number | null;
}) {
  const waits = stretches.flatMap((stretch) => (stretch?.waits ? [stretch.waits] : []));
  const old = age !== null && age > 5000 && sample !== null;
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1 border-t bg-sunken px-3 py-1 text-xs text-ink-3">
      <span className="tnum">
        Total lag <span className="font-medium text-ink">{lagText(sample?.lag)}</span>
      </span>
      {sample && sample.lag.commitPrecisionMs >= 1000 ? (
        <span title="This server dates commits in whole seconds, so more cannot be said of the time before the read.">
          commits are dated to the second; {formatDuration(sinceRead(sample))} since the read
        </span>
      ) : null}
      {waits.map((text) => (
        <span key={text} className="min-w-0 font-medium break-words text-warn">
          {text}
        </span>
      ))}
      {old ? (
        <span className="tnum ml-auto text-warn">
          figures are {formatDuration(Math.floor(age / 1000) * 1000)} old
        </span>
      ) : null}
    </div>
  );
}
