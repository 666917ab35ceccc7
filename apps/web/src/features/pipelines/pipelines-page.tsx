'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Cable, Plus } from 'lucide-react';
import { parseAsString, useQueryState } from 'nuqs';
import { Button, ButtonLink } from '../../components/ui/button.tsx';
import { ColumnPicker, useHiddenColumns } from '../../components/ui/column-picker.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { PageHeader } from '../../components/ui/page-header.tsx';
import { SearchInput } from '../../components/ui/search-input.tsx';
import { Select } from '../../components/ui/select.tsx';
import { queries } from '../api/client.ts';
import type { StreamState } from '../api/use-event-stream.ts';
import { StreamNote } from '../frame/stream-note.tsx';
import { ListPanel } from '../lists/list-panel.tsx';
import { useListState } from '../lists/use-list-state.ts';
import { pipelineColumnNames, pipelineColumns } from './list-columns.tsx';
import { stateLooks } from './state-look.ts';
import { useAllLive } from './use-all-live.ts';

const stateChoices = [
  { value: 'any', label: 'Any state' },
  ...Object.entries(stateLooks).map(([value, look]) => ({ value, label: look.label })),
];

/** All pipelines with their live state. */
export function PipelinesPage() {
  const list = useListState({ sort: 'name' });
  const [state, setState] = useQueryState('state', parseAsString);
  const [hidden, setHidden] = useHiddenColumns('pipelines');
  const { stream, overlay } = useAllLive();
  const result = useQuery({
    ...queries.pipelines.list.queryOptions({
      input: { ...list.query, ...(state === null ? {} : { state }) },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
  const setFilter = (next: string | null) => {
    void setState(next);
    list.setPage(1);
  };
  const filtered = list.q !== '' || state !== null;
  return (
    <div className="space-y-4">
      <ListHeader />
      <ListPanel
        label="Pipelines"
        noun="pipeline"
        result={result}
        list={list}
        columns={pipelineColumns}
        rowId={(row) => row.id}
        overlay={overlay}
        hidden={hidden}
        tall
        toolbar={
          <Toolbar
            list={list}
            state={state}
            onState={setFilter}
            hidden={hidden}
            onHidden={setHidden}
            stream={stream}
          />
        }
        empty={
          filtered ? (
            <NothingMatches
              onClear={() => {
                list.setSearch('');
                void setState(null);
              }}
            />
          ) : (
            <NoPipelines />
          )
        }
      />
    </div>
  );
}

function ListHeader() {
  return (
    <PageHeader
      title="Pipelines"
      lead="Each reads one database server's binlog and writes every change to Kafka."
      actions={
        <ButtonLink href="/pipelines/new" look="primary">
          <Plus aria-hidden className="size-4" />
          New pipeline
        </ButtonLink>
      }
    />
  );
}

/** What stands where pipelines would be, with the first step. */
export function NoPipelines() {
  return (
    <EmptyState
      icon={<Cable />}
      title="No pipeline yet"
      action={
        <ButtonLink href="/pipelines/new" look="primary">
          <Plus aria-hidden className="size-4" />
          New pipeline
        </ButtonLink>
      }
    >
      A pipeline copies the rows that a database holds now, then follows its binlog and writes each change to
      a Kafka topic. Have the database's address, a user that may replicate, and a broker's address at hand.
    </EmptyState>
  );
}

function NothingMatches({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      title="All pipelines are filtered out"
      action={<Button onClick={onClear}>Clear filters</Button>}
    >
      There are pipelines, but none matches these filters.
    </EmptyState>
  );
}

interface ToolbarProps {
  list: ReturnType<typeof useListState>;
  state: string | null;
  onState: (state: string | null) => void;
  hidden: readonly string[];
  onHidden: (hidden: string[]) => void;
  stream: StreamState;
}

function Toolbar({ list, state, onState, hidden, onHidden, stream }: ToolbarProps) {
  return (
    <>
      <SearchInput
        value={list.q}
        onChange={list.setSearch}
        label="Filter by name"
        className="min-w-40 flex-1 sm:max-w-64"
      />
      <Select
        label="State"
        className="w-36"
        choices={stateChoices}
        value={state ?? 'any'}
        onChange={(next) => onState(next === 'any' ? null : next)}
      />
      <span className="flex-1" />
      <StreamNote state={stream} />
      <ColumnPicker columns={pipelineColumnNames} hidden={hidden} onChange={onHidden} />
    </>
  );
}
