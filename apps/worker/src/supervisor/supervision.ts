/**
 * Decides what happens to one pipeline: a pure function from state and event to the next state and what to do.
 * Everything with an effect (processes, Postgres, Redis, time) is in `pipeline-supervisor.ts`.
 */
import type { ErrorReportJson, RuntimeState } from '@sealane/contracts/pipeline-state';
import { backoffDelay } from './backoff.ts';
import { crashFailure, hangFailure, type ProcessExit, unaskedFailure } from './process-failure.ts';
import { retryPolicy } from './retry-policy.ts';
import { finalStatus, liveStatus } from './shown-status.ts';
import type {
  Effect,
  Ending,
  Moment,
  Note,
  ShownStatus,
  Step,
  Supervision,
  SupervisionEvent,
  SupervisionLimits,
  Wanted,
} from './supervision-state.ts';

/** What the row said when the pipeline was taken, i.e. what an earlier worker left. */
export interface Inherited {
  status: ShownStatus;
  /** True when a person changed something after that status was written. */
  outdated: boolean;
}

/**
 * State to begin with. A failure that needs a person and a completed copy are taken over as they are, unless
 * somebody acted since: a takeover is no reason to copy everything again.
 */
export function beginSupervision(wanted: Wanted, inherited: Inherited | null): Supervision {
  const kept = inherited === null || inherited.outdated ? null : inherited.status;
  const phase = kept?.state === 'failed' ? 'failed' : kept?.state === 'completed' ? 'completed' : 'idle';
  const keeps = kept !== null && phase !== 'idle';
  return {
    phase,
    wanted,
    started: null,
    childState: 'starting',
    waitingFor: null,
    outcome: null,
    attempt: keeps ? kept.attempt : 0,
    lastError: keeps ? kept.reason : null,
    retryAt: keeps ? kept.nextAttemptAt : null,
    healthySince: null,
    stopDeadline: null,
    silentTicks: 0,
    closing: false,
    status: keeps ? kept : { state: 'pending', reason: null, attempt: 0, nextAttemptAt: null },
  };
}

const still = (state: Supervision): Step => ({ state, effects: [] });

function step(state: Supervision, ...effects: Effect[]): Step {
  return { state, effects };
}

function note(
  level: Note['level'],
  type: string,
  rest: { message: string; error?: ErrorReportJson },
): Effect {
  return { do: 'note', note: { level, type, message: rest.message, error: rest.error ?? null } };
}

const runs = (wanted: Wanted): boolean => wanted.desired === 'running' || wanted.desired === 'paused';

function startProcess(state: Supervision, limits: SupervisionLimits): Step {
  const next: Supervision = {
    ...state,
    phase: 'live',
    started: state.wanted,
    childState: 'starting',
    waitingFor: null,
    outcome: null,
    retryAt: null,
    healthySince: null,
    stopDeadline: null,
    silentTicks: -limits.startSeconds,
  };
  const spawn: Effect = { do: 'spawn', paused: state.wanted.desired === 'paused' };
  const live = { ...next, status: liveStatus(next) };
  if (state.attempt > 0) return step(live, spawn);
  return step(live, spawn, note('info', 'pipeline.starting', { message: 'The pipeline process starts.' }));
}

function stopProcess(state: Supervision, now: number, limitMs: number): Step {
  const stopDeadline = Math.min(state.stopDeadline ?? Number.POSITIVE_INFINITY, now + limitMs);
  const status: ShownStatus = { state: 'stopping', reason: null, attempt: 0, nextAttemptAt: null };
  const next: Supervision = { ...state, phase: 'stopping', stopDeadline, status };
  return state.phase === 'stopping' ? still(next) : step(next, { do: 'send', command: 'stop' });
}

function finish(state: Supervision, ending: Ending): Step {
  const next: Supervision = { ...state, phase: 'done', status: finalStatus(state) };
  const finished: Effect = { do: 'finish', ending };
  if (ending === 'done' && state.wanted.desired === 'stopped') {
    return step(next, note('info', 'pipeline.stopped', { message: 'The pipeline has stopped.' }), finished);
  }
  return step(next, finished);
}

/** Repeated failures would fill the log: the same one is told at attempts 1, 2, 4, 8 and so on. */
function worthTelling(state: Supervision, error: ErrorReportJson): boolean {
  const attempt = state.attempt + 1;
  const powerOfTwo = (attempt & (attempt - 1)) === 0;
  return powerOfTwo || state.lastError?.code !== error.code || state.lastError.message !== error.message;
}

function failed(
  state: Supervision,
  error: ErrorReportJson,
  at: Moment & { limits: SupervisionLimits },
): Step {
  const policy = retryPolicy(error);
  const attempt = state.attempt + 1;
  const waits = { backoff: backoffDelay(attempt, at.random), watch: at.limits.watchMs, never: null };
  const wait = waits[policy];
  const retryAt = wait === null ? null : at.now + wait;
  const next: Supervision = {
    ...state,
    phase: policy === 'backoff' ? 'backoff' : 'failed',
    attempt,
    lastError: error,
    retryAt,
    healthySince: null,
    status: {
      state: policy === 'backoff' ? 'waiting' : 'failed',
      reason: error,
      attempt,
      nextAttemptAt: retryAt,
    },
  };
  if (!worthTelling(state, error)) return still(next);
  return policy === 'backoff'
    ? step(next, note('warn', 'pipeline.retrying', { message: error.message, error }))
    : step(next, note('error', 'pipeline.failed', { message: error.message, error }));
}

function onWanted(state: Supervision, wanted: Wanted, at: Moment & { limits: SupervisionLimits }): Step {
  const next: Supervision = { ...state, wanted };
  if (state.phase === 'stopping') return still(next);
  if (state.phase === 'live') {
    if (!runs(wanted) || wanted.revision !== state.started?.revision) {
      return stopProcess(next, at.now, at.limits.stopMs);
    }
    if (wanted.desired === state.wanted.desired) return still(next);
    return step(next, { do: 'send', command: wanted.desired === 'paused' ? 'pause' : 'resume' });
  }
  if (!runs(wanted)) return finish(next, 'done');
  if (state.phase === 'idle') return startProcess(next, at.limits);
  if (wanted.revision === state.wanted.revision && wanted.desired === state.wanted.desired)
    return still(next);
  return startProcess({ ...next, attempt: 0, lastError: null }, at.limits);
}

function onState(state: Supervision, childState: RuntimeState, now: number): Step {
  if (state.phase !== 'live') return still(state);
  const healthy = childState === 'running' || childState === 'snapshotting' || childState === 'paused';
  const next: Supervision = {
    ...state,
    childState,
    healthySince: healthy ? (state.healthySince ?? now) : null,
  };
  const shown = { ...next, status: liveStatus(next) };
  if (!healthy || state.healthySince !== null || state.attempt === 0) return still(shown);
  return step(
    shown,
    note('info', 'pipeline.recovered', { message: `The pipeline runs again (attempt ${state.attempt}).` }),
  );
}

function onTick(state: Supervision, at: Moment & { limits: SupervisionLimits }): Step {
  const { phase, retryAt, stopDeadline, healthySince } = state;
  if (phase === 'stopping') {
    return stopDeadline !== null && at.now >= stopDeadline
      ? step({ ...state, stopDeadline: Number.POSITIVE_INFINITY }, { do: 'kill' })
      : still(state);
  }
  if (phase === 'backoff' || phase === 'failed') {
    return retryAt !== null && at.now >= retryAt ? startProcess(state, at.limits) : still(state);
  }
  if (phase !== 'live') return still(state);
  const silentTicks = state.silentTicks + 1;
  if (silentTicks === at.limits.hangSeconds) {
    const error = hangFailure(at.limits.hangSeconds);
    return step({ ...state, silentTicks, outcome: { completed: false, error } }, { do: 'kill' });
  }
  const healed = healthySince !== null && at.now - healthySince >= at.limits.healthyMs;
  return still({ ...state, silentTicks, ...(healed ? { attempt: 0, lastError: null } : {}) });
}

/** A stop that did not deliver everything loses nothing: the offset stands before what was not delivered. */
function afterStop(state: Supervision, limits: SupervisionLimits): Step {
  const error = state.outcome?.error ?? null;
  const told =
    error === null
      ? []
      : [
          note('warn', 'pipeline.stop.incomplete', {
            message: `The stop was not clean: ${error.message}`,
            error,
          }),
        ];
  const rest = state.closing
    ? finish(state, 'requeue')
    : runs(state.wanted)
      ? startProcess({ ...state, attempt: 0, lastError: null }, limits)
      : finish(state, 'done');
  return step(rest.state, ...told, ...rest.effects);
}

function onExit(state: Supervision, exit: ProcessExit, at: Moment & { limits: SupervisionLimits }): Step {
  const { outcome } = state;
  if (state.phase === 'stopping') return afterStop(state, at.limits);
  if (state.phase !== 'live') return still(state);
  if (outcome === null) return failed(state, crashFailure(exit), at);
  if (!outcome.completed) return failed(state, outcome.error ?? unaskedFailure(exit), at);
  const status: ShownStatus = { state: 'completed', reason: null, attempt: 0, nextAttemptAt: null };
  return step(
    { ...state, phase: 'completed', attempt: 0, lastError: null, status },
    note('info', 'pipeline.completed', { message: 'The pipeline has copied everything and is complete.' }),
  );
}

function onShutdown(state: Supervision, at: Moment & { limits: SupervisionLimits }): Step {
  const next: Supervision = { ...state, closing: true };
  const hasProcess = state.phase === 'live' || state.phase === 'stopping';
  return hasProcess ? stopProcess(next, at.now, at.limits.shutdownMs) : finish(next, 'requeue');
}

/** One decision. Events that mean nothing in the present phase change nothing. */
export function transition(
  state: Supervision,
  event: SupervisionEvent,
  at: Moment & { limits: SupervisionLimits },
): Step {
  if (state.phase === 'done') return still(state);
  switch (event.on) {
    case 'wanted':
      return onWanted(state, event.wanted, at);
    case 'state':
      return onState(state, event.state, at.now);
    case 'sample': {
      const next: Supervision = { ...state, silentTicks: 0, waitingFor: event.waitingFor };
      return still(state.phase === 'live' ? { ...next, status: liveStatus(next) } : next);
    }
    case 'ended':
      return still({ ...state, outcome: state.outcome ?? event.outcome });
    case 'exit':
      return onExit(state, event.exit, at);
    case 'unstartable':
      return failed(state, event.error, at);
    case 'tick':
      return onTick(state, at);
    case 'shutdown':
      return onShutdown(state, at);
    case 'lease-lost':
      return step({ ...state, phase: 'done' }, { do: 'kill' }, { do: 'finish', ending: 'lost' });
  }
}
