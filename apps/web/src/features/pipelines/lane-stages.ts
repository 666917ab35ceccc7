import type { PipelineSample } from '@sealane/contracts/live';
import type { PipelineStatus } from '@sealane/contracts/pipeline-state';
import type { Tone } from './state-look.ts';
import { isActive } from './state-look.ts';

/** One stretch of the lane between two stations, with the time that the newest record spent on it. */
export interface LaneStretch {
  id: 'commitToRead' | 'readToQueue' | 'queueToAck';
  label: string;
  ms: number | null;
  /** By how much the time may be longer than told. */
  precisionMs: number;
  tone: Tone;
  /** What the stretch waits for right now. */
  waits: string | null;
}

const SLOW_MS = 1_000;
const VERY_SLOW_MS = 10_000;

function toneOf(ms: number | null, precisionMs: number): Tone {
  if (ms === null) return 'idle';
  if (ms >= VERY_SLOW_MS + precisionMs) return 'bad';
  if (ms >= SLOW_MS + precisionMs) return 'warn';
  return 'accent';
}

/** The three stretches of the lane from a sample. Without a process nothing is known. */
export function laneStretches(
  sample: PipelineSample | null,
  status: PipelineStatus,
  now: number,
): LaneStretch[] {
  const live = isActive(status.state) ? sample : null;
  const lag = live?.lag;
  const wait = live?.waitingFor ?? null;
  const since = wait === null ? '' : `${Math.max(0, Math.round((now - wait.sinceMs) / 1000))} s`;
  const text = wait === null ? null : `${wait.message.replace(/\.$/, '')}, ${since}`;
  const toned = (stretch: Omit<LaneStretch, 'tone' | 'precisionMs'>): LaneStretch => {
    const precisionMs = stretch.id === 'commitToRead' ? (lag?.commitPrecisionMs ?? 0) : 0;
    const tone = stretch.waits === null ? toneOf(stretch.ms, precisionMs) : 'warn';
    return { ...stretch, precisionMs, tone };
  };
  const atSource = wait?.stage === 'source' ? text : null;
  const atKafka = wait?.stage === 'kafka' ? text : null;
  return [
    toned({ id: 'commitToRead', label: 'commit → read', ms: lag?.commitToReadMs ?? null, waits: atSource }),
    toned({ id: 'readToQueue', label: 'read → queue', ms: lag?.readToQueueMs ?? null, waits: null }),
    toned({ id: 'queueToAck', label: 'queue → ack', ms: lag?.queueToAckMs ?? null, waits: atKafka }),
  ];
}

/** How wide a stretch is drawn: grows with the logarithm of the time, so that 2 ms and 2 s both stay readable. */
export function stretchWeight(ms: number | null): number {
  return 1 + Math.log10(1 + Math.max(0, ms ?? 0)) * 0.8;
}

/** True when the source says nothing new but is in contact: idle, not stuck. */
export function isIdle(sample: PipelineSample | null, now: number): boolean {
  if (sample === null || sample.rowsPerSecondRead > 0 || sample.queueRecords > 0) return false;
  return sample.lastSourceContactAtMs !== null && now - sample.lastSourceContactAtMs < 90_000;
}
