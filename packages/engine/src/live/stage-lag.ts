import type { StageLag } from '@sealane/contracts/live';
import type { CompletedMark, FlowMark } from './flow-meter.ts';

/** What the lag of a moment is told from. */
export interface LagFacts {
  /** The newest mark acknowledged since the last sample. */
  completed: CompletedMark | null;
  /** The oldest mark not yet acknowledged. */
  waiting: FlowMark | null;
  /** True when the source is read and had nothing more: idle, not stuck. */
  caughtUp: boolean;
  /** Epoch milliseconds by our clock. */
  now: number;
}

/**
 * Lag by stage. While records are acknowledged it is that of the newest of them; while none is, that of the one that has waited
 * longest, growing; 0 when everything is delivered and the source is idle; null when nothing is known.
 */
export function stageLag(facts: LagFacts): StageLag {
  if (facts.completed !== null) return lagOf(facts.completed, facts.completed.acknowledgedAt);
  if (facts.waiting !== null) return lagOf(facts.waiting, facts.now);
  const value = facts.caughtUp ? 0 : null;
  return {
    commitToReadMs: value,
    readToQueueMs: value,
    queueToAckMs: value,
    totalMs: value,
    commitPrecisionMs: 1,
  };
}

function lagOf(mark: FlowMark, until: number): StageLag {
  const commitToReadMs = leastSince(mark, mark.readAt);
  return {
    commitToReadMs,
    readToQueueMs: rounded(mark.queuedAt - mark.readAt),
    queueToAckMs: rounded(until - mark.queuedAt),
    totalMs: rounded(commitToReadMs + until - mark.readAt),
    commitPrecisionMs: mark.precisionMs,
  };
}

/** A commit time in whole seconds may be as late as the end of that second. */
function leastSince(mark: FlowMark, time: number): number {
  const latestCommit = mark.committedAt + (mark.precisionMs > 1 ? mark.precisionMs - 1 : 0);
  return rounded(time - latestCommit);
}

function rounded(ms: number): number {
  return Math.max(0, Math.round(ms * 1000) / 1000);
}
