'use client';

import { formatBytes, formatCount, formatDuration, plural } from '../../components/format/numbers.ts';
import { MAX_ROWS } from './held-messages.ts';
import type { SearchState } from './use-message-search.ts';

function phaseWord(state: SearchState, live: boolean): string {
  if (state.phase === 'running') return live ? 'Following' : 'Reading';
  if (state.phase === 'stopped') return 'Stopped';
  if (state.phase === 'failed') return 'Failed';
  if (state.phase === 'idle') return 'Ready';
  return state.reason === 'limit' ? 'Limit reached' : 'End reached';
}

/** One line: what the search does, how far it is, what it cost. Keeps its height when idle. */
export function ProgressLine({ state, live }: { state: SearchState; live: boolean }) {
  const { progress } = state;
  const share = progress?.total ? Math.min(100, (progress.scanned / progress.total) * 100) : null;
  const running = state.phase === 'running';
  return (
    <div className="relative flex min-h-8 flex-wrap items-center gap-x-4 gap-y-0.5 border-b bg-sunken px-3 py-1 text-xs text-ink-3">
      {running && share !== null ? (
        <div className="absolute inset-x-0 bottom-0 h-0.5" aria-hidden>
          <div className="h-full bg-accent transition-[width]" style={{ width: `${share}%` }} />
        </div>
      ) : null}
      <span role="status" className={running ? 'font-medium text-accent' : 'font-medium text-ink-2'}>
        {phaseWord(state, live)}
      </span>
      <span className="tnum">{plural(state.rows.length, 'message')}</span>
      {progress ? (
        <>
          <span className="tnum">
            scanned {formatCount(progress.scanned)}
            {progress.total === null ? '' : ` of ${formatCount(progress.total)}`}
            {share === null ? '' : ` (${share.toFixed(share < 10 ? 1 : 0)} %)`}
          </span>
          <span className="tnum">{formatBytes(progress.bytes)}</span>
          <span className="tnum">{formatDuration(progress.elapsedMs)}</span>
          {running && progress.etaMs !== null ? (
            <span className="tnum">about {formatDuration(progress.etaMs)} left</span>
          ) : null}
        </>
      ) : null}
      {state.dropped > 0 ? (
        <span
          className="tnum font-medium text-warn"
          title="They came faster than a browser can show. They are in the topic; narrow the search to see them."
        >
          {formatCount(state.dropped)} not shown, too fast
        </span>
      ) : null}
      {state.released > 0 ? <span className="tnum">newest {formatCount(MAX_ROWS)} kept</span> : null}
    </div>
  );
}
