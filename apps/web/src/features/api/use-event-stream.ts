'use client';

import { useEffect, useRef, useState } from 'react';
import { type ProblemView, toProblem } from './problem.ts';

/** Where a live subscription stands. `lost` waits before it tries again and keeps saying so. */
export type StreamState = 'connecting' | 'live' | 'lost' | 'asleep';

interface StreamOptions<T> {
  /** Opens the stream; called again after each loss. */
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>;
  onMessage: (message: T) => void;
  /** Changes when another thing is to be followed. */
  subject: string;
  enabled?: boolean;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;
/** A tab that nobody sees keeps its stream this long. */
const HIDDEN_GRACE_MS = 60_000;

/** Resolves after `ms`, or at once when `signal` aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** True while the tab is shown, and for a grace period after it was hidden. */
function useAwake(): boolean {
  const [awake, setAwake] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onChange = () => {
      clearTimeout(timer);
      if (document.hidden) timer = setTimeout(() => setAwake(false), HIDDEN_GRACE_MS);
      else setAwake(true);
    };
    document.addEventListener('visibilitychange', onChange);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onChange);
    };
  }, []);
  return awake;
}

/**
 * Follows a server-sent stream for as long as the component lives: reconnects with growing pauses, says where
 * it stands, and sleeps while the tab has been hidden for a minute.
 */
export function useEventStream<T>(options: StreamOptions<T>): {
  state: StreamState;
  problem: ProblemView | null;
} {
  const { subject, enabled = true } = options;
  const awake = useAwake();
  const latest = useRef(options);
  const [status, setStatus] = useState<{ state: StreamState; problem: ProblemView | null }>({
    state: 'connecting',
    problem: null,
  });
  useEffect(() => {
    latest.current = options;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `subject` names what `latest` opens.
  useEffect(() => {
    if (!enabled) return;
    if (!awake) {
      setStatus({ state: 'asleep', problem: null });
      return;
    }
    const abort = new AbortController();
    void follow(latest, abort.signal, setStatus);
    return () => abort.abort();
  }, [subject, enabled, awake]);
  return status;
}

async function follow<T>(
  latest: { readonly current: StreamOptions<T> },
  signal: AbortSignal,
  report: (status: { state: StreamState; problem: ProblemView | null }) => void,
): Promise<void> {
  let delay = FIRST_DELAY_MS;
  report({ state: 'connecting', problem: null });
  while (!signal.aborted) {
    let problem: ProblemView | null = null;
    try {
      const stream = await latest.current.open(signal);
      if (signal.aborted) return;
      report({ state: 'live', problem: null });
      for await (const message of stream) {
        if (signal.aborted) return;
        delay = FIRST_DELAY_MS;
        latest.current.onMessage(message);
      }
    } catch (error) {
      problem = toProblem(error);
    }
    if (signal.aborted) return;
    report({ state: 'lost', problem });
    await pause(delay, signal);
    delay = Math.min(delay * 2, LONGEST_DELAY_MS);
  }
}
