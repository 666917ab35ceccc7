'use client';

import type { SchemaChangePage } from '@sealane/contracts/api/schema-changes';
import { FileClock } from 'lucide-react';
import { formatCount, plural } from '../../components/format/numbers.ts';
import { Button } from '../../components/ui/button.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import type { TimelineState } from './use-timeline.ts';

/** What is wrong with the history as a whole. */
export function HistoryNotes({ page }: { page: SchemaChangePage }) {
  const { topic, startMissing, unreadable } = page;
  return (
    <>
      {startMissing ? (
        <p className="border-b bg-warn-soft px-3 py-2 text-sm text-warn">
          The first records of <span className="font-mono text-xs">{topic}</span> were deleted. Versions that
          only they held are not known here. A table that is missing from what is left is read from the server
          when its next row comes. Set <span className="font-mono text-xs">retention.ms=-1</span> and{' '}
          <span className="font-mono text-xs">cleanup.policy=delete</span> on the topic to keep the rest.
        </p>
      ) : null}
      {unreadable > 0 ? (
        <p className="border-b bg-warn-soft px-3 py-2 text-sm text-warn">
          {plural(unreadable, 'record')} in <span className="font-mono text-xs">{topic}</span>{' '}
          {unreadable === 1 ? 'is' : 'are'} not of a schema history: something else writes to this topic. The
          pipeline does not start with them; name a topic of its own in its configuration.
        </p>
      ) : null}
    </>
  );
}

interface NoChangesProps {
  page: SchemaChangePage;
  state: Pick<TimelineState, 'table' | 'origin'>;
  neverRan: boolean;
  onClear: () => void;
}

/** Nothing to list: because there is no history, because nothing happened, or because all is filtered out. */
export function NoChanges({ page, state, neverRan, onClear }: NoChangesProps) {
  if (!page.exists) {
    return (
      <EmptyState icon={<FileClock />} title="There is no schema history yet">
        Topic <span className="font-mono text-xs break-all">{page.topic}</span> does not exist. The pipeline
        writes it when it runs for the first time.{' '}
        {neverRan
          ? ''
          : 'If it has run before, somebody deleted the topic: at its next start the pipeline makes it anew from the tables as the server has them then.'}
      </EmptyState>
    );
  }
  if (state.table !== '' || state.origin !== 'all') {
    return (
      <EmptyState title="No change matches" action={<Button onClick={onClear}>Clear the filter</Button>}>
        {page.next === null
          ? `All of the ${formatCount(page.scanned)} records of the history are filtered out.`
          : `None of the newest ${formatCount(page.scanned)} records matches; older ones were not looked at yet.`}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<FileClock />} title="No schema change yet">
      Tables as the snapshot reads them appear here, and every DDL after it with what it does to which
      columns.
    </EmptyState>
  );
}
