'use client';

import { MessageSquareText } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { cx } from '../../components/ui/cx.ts';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Kbd } from '../../components/ui/kbd.tsx';
import { messageId } from './held-messages.ts';
import { MessageDetail } from './message-detail.tsx';
import { MessageTable } from './message-table.tsx';
import { ProgressLine } from './progress-line.tsx';
import { QueryBar } from './query-bar.tsx';
import { useMessageQuery } from './query-state.ts';
import { useMessageKeys } from './use-message-keys.ts';
import { type SearchState, useMessageSearch } from './use-message-search.ts';
import { useQuestion } from './use-question.ts';

interface MessageBrowserProps {
  clusterId: string | null;
  topic: string | null;
  partitions: number | null;
  /** The topic's choice, where the page is not of one topic. */
  picker?: ReactNode;
}

function focusDetail(): void {
  document.querySelector<HTMLElement>('[aria-label="Views of the message"] [role="tab"]')?.focus();
}

/** Reads, searches and follows the messages of a topic. */
export function MessageBrowser({ clusterId, topic, partitions, picker }: MessageBrowserProps) {
  const { state, set } = useMessageQuery();
  const search = useMessageSearch(clusterId);
  const searchBox = useRef<HTMLInputElement>(null);
  const selected = state.m;
  const query = useQuestion(topic, state);
  const { start } = search;
  useEffect(() => {
    if (query !== null && clusterId !== null) start(query);
  }, [query, clusterId, start]);

  const rows = search.state.rows;
  const pick = useCallback((id: string | null) => void set({ m: id }), [set]);
  const step = (by: 1 | -1) => {
    const at = rows.findIndex((row) => messageId(row) === selected);
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next) pick(messageId(next));
  };
  useMessageKeys({
    step,
    open: () => (selected === null ? step(1) : focusDetail()),
    close: () => pick(null),
    search: () => searchBox.current?.focus(),
    live: () => void set({ from: state.from === 'live' ? 'newest' : 'live', m: null }),
  });
  const listed = rows.find((row) => messageId(row) === selected) ?? null;
  const open = selected !== null && clusterId !== null && topic !== null;
  return (
    <div className="flex min-h-0 shrink-0 grow basis-[max(30rem,calc(100dvh-13rem))] flex-col overflow-hidden rounded-lg border bg-surface">
      <QueryBar
        state={state}
        set={set}
        partitions={partitions}
        running={search.state.phase === 'running'}
        ready={query !== null}
        onRun={() => (query === null ? undefined : start(query))}
        onStop={search.stop}
        searchRef={searchBox}
      >
        {picker}
      </QueryBar>
      <ProgressLine state={search.state} live={state.from === 'live'} />
      {search.state.problem ? <ErrorPanel error={search.state.problem} className="m-3" /> : null}
      <div className={cx('grid min-h-0 flex-1', open && 'lg:grid-cols-[minmax(0,1fr)_minmax(24rem,42%)]')}>
        <div className={cx('flex min-h-0 min-w-0 flex-col', open && 'max-lg:hidden')}>
          <MessageTable
            rows={rows}
            selected={selected}
            onOpen={pick}
            footer={
              <SearchFooter
                state={search.state}
                onMore={(resume) => (query === null ? undefined : start({ ...query, resume }, search.state))}
              />
            }
            empty={
              <NoRows
                state={search.state}
                topic={topic}
                ready={query !== null}
                live={state.from === 'live'}
              />
            }
          />
        </div>
        {open ? (
          <div className="flex min-h-0 min-w-0 flex-col lg:border-l">
            <MessageDetail
              key={selected}
              clusterId={clusterId}
              topic={topic}
              id={selected}
              listed={listed}
              onClose={() => pick(null)}
              onStep={step}
            />
          </div>
        ) : null}
      </div>
      <KeyHelp />
    </div>
  );
}

function SearchFooter({ state, onMore }: { state: SearchState; onMore: (resume: string) => void }) {
  const { resume } = state;
  if (state.phase !== 'done' || resume === null || state.rows.length === 0) return null;
  return (
    <div className="flex justify-center p-2">
      <Button look="ghost" onClick={() => onMore(resume)}>
        Go on from here
      </Button>
    </div>
  );
}

function NoRows({
  state,
  topic,
  ready,
  live,
}: {
  state: SearchState;
  topic: string | null;
  ready: boolean;
  live: boolean;
}) {
  if (topic === null) {
    return (
      <EmptyState icon={<MessageSquareText />} title="Choose a topic">
        Its messages appear here: newest first, from an offset or a time, by key, by text, or as they come.
      </EmptyState>
    );
  }
  if (!ready) {
    return <EmptyState title="One value is missing">Type the offset or the time to read from.</EmptyState>;
  }
  if (state.phase === 'running') {
    return live ? (
      <EmptyState title="Waiting for messages">New ones appear on top as they come.</EmptyState>
    ) : (
      <div className="space-y-3 p-3" aria-hidden>
        {[70, 55, 80, 60].map((width) => (
          <div key={width} className="skeleton h-4" style={{ width: `${width}%` }} />
        ))}
      </div>
    );
  }
  if (state.phase === 'failed' || state.phase === 'idle') return null;
  const scanned = state.progress?.scanned ?? 0;
  return scanned > 0 ? (
    <EmptyState title="No message matches">
      All that were scanned are filtered out. Widen the search or clear its filters.
    </EmptyState>
  ) : (
    <EmptyState title="No message here">The topic holds nothing in this range.</EmptyState>
  );
}

function KeyHelp() {
  return (
    <div className="flex h-7 shrink-0 items-center gap-3 border-t px-3 text-2xs text-ink-3 max-md:hidden">
      <span className="flex items-center gap-1">
        <Kbd>j</Kbd>
        <Kbd>k</Kbd> move
      </span>
      <span className="flex items-center gap-1">
        <Kbd>Enter</Kbd> open
      </span>
      <span className="flex items-center gap-1">
        <Kbd>/</Kbd> search
      </span>
      <span className="flex items-center gap-1">
        <Kbd>l</Kbd> live
      </span>
      <span className="flex items-center gap-1">
        <Kbd>Esc</Kbd> close
      </span>
    </div>
  );
}
