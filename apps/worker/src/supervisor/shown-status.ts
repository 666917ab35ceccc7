import type { ErrorReportJson } from '@sealane/contracts/pipeline-state';
import { retryPolicy } from './retry-policy.ts';
import type { ShownStatus, Supervision, WaitingFor } from './supervision-state.ts';

const WELL = { reason: null, attempt: 0, nextAttemptAt: null } as const;

function waitingReason(waiting: WaitingFor): ErrorReportJson {
  const kafka = waiting.stage === 'kafka';
  return {
    code: kafka ? 'KAFKA_UNREACHABLE' : 'SOURCE_UNREACHABLE',
    message: kafka ? 'The pipeline waits for Kafka.' : 'The pipeline waits for the source.',
    why: waiting.message,
    remedy: kafka
      ? 'Check that the brokers run and can be reached from the worker. The pipeline goes on by itself.'
      : 'Check that the server runs and can be reached from the worker. The pipeline goes on by itself.',
    retriable: true,
    fields: [],
    details: {},
  };
}

/** A step of the start that takes long may be slow, or hang: nothing says yet that the other end cannot be reached. */
function slowStartReason({ stage, message }: WaitingFor): ErrorReportJson {
  const kafka = stage === 'kafka';
  return {
    code: 'START_TAKES_LONG',
    message: `The start takes long at ${kafka ? 'Kafka' : 'the source'}.`,
    why: message,
    remedy: `Nothing, if it ends soon. Otherwise check that ${kafka ? 'the brokers are' : 'the server is'} not overloaded or frozen, and can be reached from the worker.`,
    retriable: true,
    fields: [],
    details: {},
  };
}

/**
 * Status of a pipeline that has a process. A process that is only just starting after a failure keeps the
 * failure's reason, and what needed a person stays `failed` until rows flow: a retry is not yet a recovery.
 */
export function liveStatus(state: Supervision): ShownStatus {
  const { childState, waitingFor, lastError, attempt } = state;
  if (childState === 'starting' && attempt > 0 && lastError !== null) {
    const shown = retryPolicy(lastError) === 'backoff' ? 'starting' : 'failed';
    return { state: shown, reason: lastError, attempt, nextAttemptAt: null };
  }
  if (waitingFor !== null && childState !== 'paused') {
    const reason = childState === 'starting' ? slowStartReason(waitingFor) : waitingReason(waitingFor);
    return { ...WELL, state: 'waiting', reason };
  }
  return { ...WELL, state: childState };
}

/** Status with which a supervision ends, i.e. what stands there until the next worker has something to say. */
export function finalStatus(state: Supervision): ShownStatus {
  const runs = state.wanted.desired === 'running' || state.wanted.desired === 'paused';
  if (!runs) return { ...WELL, state: 'stopped' };
  const keeps = state.phase === 'failed' || state.phase === 'completed';
  return keeps ? state.status : { ...WELL, state: 'pending' };
}

/** True when a reader could not tell the two apart. */
export function sameStatus(a: ShownStatus, b: ShownStatus): boolean {
  return (
    a.state === b.state &&
    a.attempt === b.attempt &&
    a.nextAttemptAt === b.nextAttemptAt &&
    a.reason?.code === b.reason?.code &&
    a.reason?.message === b.reason?.message &&
    a.reason?.why === b.reason?.why
  );
}
