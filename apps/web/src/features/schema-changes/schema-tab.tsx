'use client';

import { type RefObject, useMemo, useRef } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { cx } from '../../components/ui/cx.ts';
import { SearchInput } from '../../components/ui/search-input.tsx';
import { Segmented } from '../../components/ui/segmented.tsx';
import { QueryFailure } from '../api/query-failure.tsx';
import { useMessageKeys } from '../messages/use-message-keys.ts';
import { usePipeline } from '../pipelines/pipeline-context.tsx';
import { ChangeDetail } from './change-detail.tsx';
import { HistoryNotes, NoChanges } from './history-notes.tsx';
import { TimelineList } from './timeline-list.tsx';
import { timelineEntries, useTimeline, useTimelineState } from './use-timeline.ts';

const originChoices = [
  { value: 'all', label: 'All' },
  { value: 'statement', label: 'Statements' },
  { value: 'snapshot', label: 'Snapshots' },
] as const;

/** Every DDL that the pipeline met, with what it did to which columns, and where in the binlog. */
export function SchemaTab() {
  const { pipeline, status } = usePipeline();
  const { state, set } = useTimelineState();
  const { list, head, items, newest } = useTimeline(pipeline.id, state);
  const entries = useMemo(() => timelineEntries(items), [items]);
  const searchBox = useRef<HTMLInputElement>(null);
  const selected = state.change;
  const open = (offset: string | null) => void set({ change: offset });
  const step = (by: 1 | -1) => {
    const at = items.findIndex(({ offset }) => offset === selected);
    const next = items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    open(next.offset);
    document.querySelector(`[data-offset="${next.offset}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  useMessageKeys({
    step,
    open: () => undefined,
    close: () => open(null),
    search: () => searchBox.current?.focus(),
  });
  const failed = [list, head].find(({ isError, data }) => isError && data === undefined);
  return (
    <section aria-label="Schema changes" className="min-w-0 overflow-hidden rounded-lg border bg-surface">
      <Toolbar state={state} set={set} searchRef={searchBox} />
      {failed === undefined ? null : (
        <QueryFailure
          query={failed}
          className="m-3"
          {...(items.length > 0 ? { heading: 'The timeline is not updated', tone: 'warn' as const } : {})}
        />
      )}
      {newest === undefined ? null : <HistoryNotes page={newest} />}
      <div
        className={cx(
          'grid min-h-0',
          selected !== null && 'lg:grid-cols-[minmax(0,1fr)_minmax(26rem,46%)] lg:divide-x',
        )}
      >
        <div className={cx('min-w-0', selected !== null && 'max-lg:hidden')} aria-busy={list.isFetching}>
          {list.isPending ? <ListSkeleton /> : null}
          {newest !== undefined && items.length === 0 ? (
            <NoChanges
              page={newest}
              state={state}
              neverRan={status.state === 'pending'}
              onClear={() => void set({ table: '', origin: 'all', change: null })}
            />
          ) : null}
          <TimelineList entries={entries} selected={selected} onOpen={open} />
          {list.hasNextPage ? (
            <div className="flex justify-center border-t p-2">
              <Button look="ghost" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {items.length === 0 ? 'Look further back' : 'Older changes'}
              </Button>
            </div>
          ) : null}
        </div>
        {selected === null ? null : (
          <div className="min-w-0 lg:sticky lg:top-14 lg:max-h-[calc(100dvh-5rem)] lg:self-start lg:overflow-y-auto">
            <ChangeDetail
              key={selected}
              offset={selected}
              topic={newest?.topic ?? null}
              onClose={() => open(null)}
              onStep={step}
              onFilter={(table) => void set({ table })}
            />
          </div>
        )}
      </div>
    </section>
  );
}

interface ToolbarProps extends ReturnType<typeof useTimelineState> {
  searchRef: RefObject<HTMLInputElement | null>;
}

function Toolbar({ state, set, searchRef }: ToolbarProps) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b p-2">
      <SearchInput
        ref={searchRef}
        value={state.table}
        onChange={(table) => void set({ table, change: null })}
        label="Filter by table"
        placeholder="database.table"
        className="min-w-40 flex-1 sm:max-w-80"
      />
      <Segmented
        label="Origin"
        choices={originChoices}
        value={state.origin}
        onChange={(origin) => void set({ origin, change: null })}
      />
    </div>
  );
}

function ListSkeleton() {
  return (
    <div className="divide-y divide-line" aria-hidden>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <div key={key} className="space-y-1.5 px-3 py-2">
          <div className="skeleton h-4 w-2/3" />
          <div className="skeleton h-3 w-full" />
        </div>
      ))}
    </div>
  );
}
