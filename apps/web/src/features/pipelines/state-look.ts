import type { RuntimeState } from '@sealane/contracts/pipeline-state';

/** Six looks for ten states: a colour, and a shape that says the same without it. */
export type Tone = 'ok' | 'info' | 'warn' | 'bad' | 'idle' | 'accent';
export type Shape = 'dot' | 'ring' | 'triangle' | 'cross' | 'bars' | 'square' | 'check' | 'half';

interface StateLook {
  label: string;
  tone: Tone;
  shape: Shape;
  /** One sentence: what the state means. */
  meaning: string;
}

export const stateLooks: Record<RuntimeState, StateLook> = {
  pending: {
    label: 'Pending',
    tone: 'idle',
    shape: 'ring',
    meaning: 'Asked to run; no worker has taken it yet',
  },
  starting: {
    label: 'Starting',
    tone: 'info',
    shape: 'half',
    meaning: 'Connecting, reading schema and offset',
  },
  snapshotting: {
    label: 'Snapshotting',
    tone: 'info',
    shape: 'half',
    meaning: 'Copying the rows that exist now',
  },
  running: { label: 'Running', tone: 'ok', shape: 'dot', meaning: 'Changes flow from the binlog into Kafka' },
  waiting: {
    label: 'Waiting',
    tone: 'warn',
    shape: 'triangle',
    meaning: 'Something outside failed; it is tried again by itself',
  },
  paused: { label: 'Paused', tone: 'idle', shape: 'bars', meaning: 'Connections held open, nothing is read' },
  stopping: {
    label: 'Stopping',
    tone: 'idle',
    shape: 'half',
    meaning: 'Draining what was read before it stops',
  },
  stopped: { label: 'Stopped', tone: 'idle', shape: 'square', meaning: 'No process runs' },
  completed: {
    label: 'Completed',
    tone: 'ok',
    shape: 'check',
    meaning: 'Everything was copied; nothing is left to do',
  },
  failed: {
    label: 'Failed',
    tone: 'bad',
    shape: 'cross',
    meaning: 'Needs a person; the reason says what to do',
  },
};

export const toneText: Record<Tone, string> = {
  ok: 'text-ok',
  info: 'text-info',
  warn: 'text-warn',
  bad: 'text-bad',
  idle: 'text-idle',
  accent: 'text-accent',
};

export const toneSoft: Record<Tone, string> = {
  ok: 'bg-ok-soft',
  info: 'bg-info-soft',
  warn: 'bg-warn-soft',
  bad: 'bg-bad-soft',
  idle: 'bg-idle-soft',
  accent: 'bg-accent-soft',
};

/** States in which a process exists and reports samples. */
export function isActive(state: RuntimeState): boolean {
  return (
    state === 'running' ||
    state === 'snapshotting' ||
    state === 'waiting' ||
    state === 'paused' ||
    state === 'starting'
  );
}
