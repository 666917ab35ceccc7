import type { DesiredState, ErrorReportJson, RuntimeState } from '@sealane/contracts/pipeline-state';
import type { ProcessExit } from './process-failure.ts';

/** What a person wants of a pipeline, as read from Postgres. */
export interface Wanted {
  desired: DesiredState | 'deleted';
  /** Changes with the definition, its source or its cluster, and with each restart that somebody asks for. */
  revision: string;
}

/**
 * - `idle`: nothing decided yet · `live`: a process runs · `stopping`: a process was asked to end
 * - `backoff`, `failed`, `completed`: no process; left by time, by a person, or not at all
 * - `done`: the supervision is over, every event is ignored
 */
export type Phase = 'idle' | 'live' | 'stopping' | 'backoff' | 'failed' | 'completed' | 'done';

/** What the console shows; the times are epoch milliseconds. */
export interface ShownStatus {
  state: RuntimeState;
  reason: ErrorReportJson | null;
  /** Failed attempts in a row; 0 when all is well. */
  attempt: number;
  nextAttemptAt: number | null;
}

/** What a process said last. */
export interface Outcome {
  completed: boolean;
  error: ErrorReportJson | null;
}

/** What the pipeline waits for although its process lives, e.g. a broker that is down. */
export interface WaitingFor {
  stage: 'source' | 'kafka';
  message: string;
  /** Epoch milliseconds or a duration, as the sample has it; not calculated with. */
  sinceMs: number;
}

/** Everything that the next decision depends on. Times are epoch milliseconds. */
export interface Supervision {
  phase: Phase;
  wanted: Wanted;
  /** What the newest process was started for. */
  started: Wanted | null;
  childState: RuntimeState;
  waitingFor: WaitingFor | null;
  outcome: Outcome | null;
  attempt: number;
  lastError: ErrorReportJson | null;
  retryAt: number | null;
  healthySince: number | null;
  stopDeadline: number | null;
  /** Ticks since the newest sample; negative while a new process gets its time to start. */
  silentTicks: number;
  /** The worker shuts down: the pipeline goes to another one. */
  closing: boolean;
  status: ShownStatus;
}

export type SupervisionEvent =
  | { on: 'wanted'; wanted: Wanted }
  | { on: 'state'; state: RuntimeState }
  | { on: 'sample'; waitingFor: WaitingFor | null }
  | { on: 'ended'; outcome: Outcome }
  | { on: 'exit'; exit: ProcessExit }
  /** The process could not even be started, e.g. a secret that does not decrypt. */
  | { on: 'unstartable'; error: ErrorReportJson }
  /** Once a second. */
  | { on: 'tick' }
  | { on: 'shutdown' }
  | { on: 'lease-lost' };

/** How a supervision ended: the job is done, goes back to the queue, or belongs to someone else already. */
export type Ending = 'done' | 'requeue' | 'lost';

/** A line for the pipeline's events log. */
export interface Note {
  level: 'info' | 'warn' | 'error';
  type: string;
  message: string;
  error: ErrorReportJson | null;
}

export type Effect =
  | { do: 'spawn'; paused: boolean }
  | { do: 'send'; command: 'pause' | 'resume' | 'stop' }
  | { do: 'kill' }
  | { do: 'note'; note: Note }
  | { do: 'finish'; ending: Ending };

export interface Step {
  state: Supervision;
  effects: readonly Effect[];
}

/** Time and chance, given so that a test can hold them. */
export interface Moment {
  /** Epoch milliseconds. */
  now: number;
  /** In [0, 1). */
  random: number;
}

export interface SupervisionLimits {
  /** Healthy for this long, and earlier failures are forgotten. Milliseconds. */
  healthyMs: number;
  /** Pace of trying again what a person must mend outside of Sealane. Milliseconds. */
  watchMs: number;
  /** A process that was asked to stop is killed after this. Milliseconds. */
  stopMs: number;
  /** The same while the worker itself shuts down. Milliseconds. */
  shutdownMs: number;
  /** Seconds without a sample until a process counts as hung. */
  hangSeconds: number;
  /** Seconds more that a new process gets for its first sample. */
  startSeconds: number;
}

export const DEFAULT_LIMITS: SupervisionLimits = {
  healthyMs: 60_000,
  watchMs: 30_000,
  stopMs: 30_000,
  shutdownMs: 10_000,
  hangSeconds: 15,
  startSeconds: 30,
};
