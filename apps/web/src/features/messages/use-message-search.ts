'use client';

import type { Message, MessageEvent, MessageQuery } from '@sealane/contracts/api/topics';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { type ProblemView, toProblem } from '../api/problem.ts';
import { holdMessages } from './held-messages.ts';

type Progress = Extract<MessageEvent, { kind: 'progress' }>;

/** A search or live tail as it stands. */
export interface SearchState {
  phase: 'idle' | 'running' | 'done' | 'stopped' | 'failed';
  rows: readonly Message[];
  progress: Progress | null;
  /** Live: messages that came too fast to be sent to the tab. */
  dropped: number;
  /** Rows let go because the tab holds only so many. */
  released: number;
  reason: 'end' | 'limit' | 'aborted' | null;
  resume: string | null;
  problem: ProblemView | null;
}

const empty: SearchState = {
  phase: 'idle',
  rows: [],
  progress: null,
  dropped: 0,
  released: 0,
  reason: null,
  resume: null,
  problem: null,
};
/** New rows reach the page this often: soon for a search, calmly for a live tail. */
const FLUSH_MS = { search: 100, live: 500 };

interface Run {
  abort: AbortController;
  state: SearchState;
}

function applyEvent(state: SearchState, event: MessageEvent, live: boolean): SearchState {
  if (event.kind === 'messages') {
    const { rows, released } = holdMessages(state.rows, event.messages, live);
    return { ...state, rows, released: state.released + released, dropped: state.dropped + event.dropped };
  }
  if (event.kind === 'progress') return { ...state, progress: event };
  return { ...state, phase: 'done', reason: event.reason, resume: event.resume };
}

async function read(run: Run, clusterId: string, query: MessageQuery): Promise<void> {
  const live = query.from === 'live';
  try {
    const stream = await api.topics.messages({ clusterId, ...query }, { signal: run.abort.signal });
    for await (const event of stream) {
      if (run.abort.signal.aborted) return;
      run.state = applyEvent(run.state, event, live);
    }
    if (run.state.phase === 'running') run.state = { ...run.state, phase: 'done' };
  } catch (error) {
    if (run.abort.signal.aborted) return;
    run.state = { ...run.state, phase: 'failed', problem: toProblem(error) };
  }
}

/** Runs one message search at a time; a new one ends the old. */
export function useMessageSearch(clusterId: string | null) {
  const [shown, setShown] = useState<SearchState>(empty);
  const current = useRef<Run | null>(null);
  const timer = useRef<ReturnType<typeof setInterval> | null>(null);

  const flush = useCallback(() => {
    const run = current.current;
    if (run === null) return;
    setShown(run.state);
    if (run.state.phase !== 'running' && timer.current !== null) clearInterval(timer.current);
  }, []);

  const end = useCallback(() => {
    current.current?.abort.abort();
    if (timer.current !== null) clearInterval(timer.current);
  }, []);

  const start = useCallback(
    (query: MessageQuery, keep?: SearchState) => {
      end();
      if (clusterId === null) return;
      const before = keep ?? empty;
      const run: Run = {
        abort: new AbortController(),
        state: { ...before, phase: 'running', reason: null, resume: null, problem: null },
      };
      current.current = run;
      setShown(run.state);
      timer.current = setInterval(flush, query.from === 'live' ? FLUSH_MS.live : FLUSH_MS.search);
      void read(run, clusterId, query).then(() => {
        if (current.current === run) flush();
      });
    },
    [clusterId, end, flush],
  );

  const stop = useCallback(() => {
    const run = current.current;
    if (run === null || run.state.phase !== 'running') return;
    end();
    run.state = { ...run.state, phase: 'stopped' };
    setShown(run.state);
  }, [end]);

  useEffect(() => end, [end]);
  return { state: shown, start, stop };
}
