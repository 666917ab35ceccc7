'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { Button } from '../../components/ui/button.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { Segmented } from '../../components/ui/segmented.tsx';
import { QueryFailure } from '../api/query-failure.tsx';
import { EventList } from './event-list.tsx';
import { usePipeline } from './pipeline-context.tsx';
import { usePipelineEvents } from './use-events.ts';

const choices = [
  { value: 'all', label: 'All' },
  { value: 'info', label: 'Info' },
  { value: 'warn', label: 'Warnings' },
  { value: 'error', label: 'Errors' },
] as const;

/** The whole events log, new lines on top as they happen. */
export function LogsTab() {
  const { pipeline, live } = usePipeline();
  const [level, setLevel] = useQueryState(
    'level',
    parseAsStringLiteral(choices.map((choice) => choice.value)).withDefault('all'),
  );
  const { events, stored } = usePipelineEvents(pipeline.id, live.events, level === 'all' ? null : level);
  return (
    <Panel
      title="Events"
      flush
      actions={
        <Segmented label="Level" choices={choices} value={level} onChange={(next) => void setLevel(next)} />
      }
    >
      {stored.isError && stored.data === undefined ? <QueryFailure query={stored} className="m-3" /> : null}
      {stored.isPending ? <div className="skeleton m-3 h-40" /> : null}
      {!stored.isPending && !stored.isError && events.length === 0 ? (
        <EmptyState title={level === 'all' ? 'Nothing has happened yet' : 'No event of this level'}>
          Starts, stops, retries, snapshots and errors are written here with who asked for them.
        </EmptyState>
      ) : null}
      <EventList events={events} />
      {stored.hasNextPage ? (
        <div className="flex justify-center border-t p-2">
          <Button look="ghost" busy={stored.isFetchingNextPage} onClick={() => void stored.fetchNextPage()}>
            Older events
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}
