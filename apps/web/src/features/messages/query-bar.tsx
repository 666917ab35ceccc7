'use client';

import { CirclePause, Play, Radio, SlidersHorizontal, Square } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { SearchInput } from '../../components/ui/search-input.tsx';
import { Select } from '../../components/ui/select.tsx';
import { FilterPopover } from './filter-popover.tsx';
import type { MessageQueryState, SetMessageQuery, Start } from './query-state.ts';
import { StartInputs } from './start-inputs.tsx';

const startChoices: readonly { value: Start; label: string; note: string }[] = [
  { value: 'newest', label: 'Newest', note: 'newest first, back in time' },
  { value: 'oldest', label: 'Oldest', note: 'from the start on' },
  { value: 'offset', label: 'From offset', note: 'in each partition, or in one' },
  { value: 'time', label: 'From time', note: 'from a time on' },
  { value: 'live', label: 'Live', note: 'what comes from now on' },
];

const limits = ['50', '100', '500', '1000', '2000'].map((value) => ({ value, label: `${value} rows` }));

const notReady = 'Choose a topic, and the offset or time to read from';

interface QueryBarProps {
  state: MessageQueryState;
  set: SetMessageQuery;
  partitions: number | null;
  running: boolean;
  /** False while a needed value is missing. */
  ready: boolean;
  onRun: () => void;
  onStop: () => void;
  searchRef: Ref<HTMLInputElement>;
  /** The topic's choice, where the page is not of one topic. */
  children?: ReactNode;
}

/** The search in one line: where from, which, how many. Every part is in the address. */
export function QueryBar({
  state,
  set,
  partitions,
  running,
  ready,
  onRun,
  onStop,
  searchRef,
  children,
}: QueryBarProps) {
  const live = state.from === 'live';
  return (
    <search className="flex flex-wrap items-center gap-2 border-b p-2">
      {children}
      <Select
        label="Read from"
        className="w-31"
        choices={startChoices}
        value={state.from}
        onChange={(from) => void set({ from, m: null })}
      />
      <StartInputs state={state} set={set} />
      <SearchInput
        ref={searchRef}
        value={state.q}
        onChange={(q) => void set({ q: q === '' ? null : q })}
        delayMs={600}
        label="Search key and value"
        placeholder="Search key and value"
        className="min-w-44 flex-1"
      />
      <FilterPopover
        state={state}
        set={set}
        partitions={partitions}
        trigger={
          <Button>
            <SlidersHorizontal aria-hidden className="size-3.5" />
            Filter
            <FilterCount state={state} />
          </Button>
        }
      />
      {live ? null : (
        <Select
          label="Rows"
          className="w-28"
          choices={limits}
          value={String(state.limit)}
          onChange={(limit) => void set({ limit: Number(limit) })}
        />
      )}
      {running ? (
        <Button onClick={onStop} className="w-21">
          {live ? (
            <CirclePause aria-hidden className="size-3.5" />
          ) : (
            <Square aria-hidden className="size-3.5" />
          )}
          Stop
        </Button>
      ) : (
        <Button look="primary" onClick={onRun} className="w-21" disabledReason={ready ? null : notReady}>
          {live ? <Radio aria-hidden className="size-3.5" /> : <Play aria-hidden className="size-3.5" />}
          {live ? 'Follow' : 'Read'}
        </Button>
      )}
    </search>
  );
}

function FilterCount({ state }: { state: MessageQueryState }) {
  const count = [state.p !== null, state.key !== '', state.op !== null, state.hide, state.to !== null].filter(
    Boolean,
  ).length;
  if (count === 0) return null;
  return <span className="tnum rounded-full bg-accent-soft px-1.5 text-2xs text-accent">{count}</span>;
}
