'use client';

import { plural } from '../../components/format/numbers.ts';
import { Button } from '../../components/ui/button.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { Fact, Panel } from '../../components/ui/panel.tsx';
import { QueryFailure } from '../api/query-failure.tsx';
import { type CaptureLists, draftTables } from './draft.ts';
import { StepError } from './step-shell.tsx';
import { TablePicker } from './table-picker.tsx';
import type { Wizard } from './use-wizard.ts';

/** Which tables, picked from the live schema. */
export function TablesStep({ wizard }: { wizard: Wizard }) {
  const { tablesQuery, tables, draft, change, errors } = wizard;
  if (draft.sourceId === null)
    return (
      <EmptyState
        title="Choose a source first"
        action={<Button onClick={() => wizard.go('source')}>To the source</Button>}
      />
    );
  if (tablesQuery.isPending)
    return <div className="skeleton h-80 rounded-lg" role="status" aria-label="Reading the schema" />;
  if (tablesQuery.isError) {
    return <QueryFailure query={tablesQuery} heading="The schema could not be read" />;
  }
  if (tables.length === 0) {
    return (
      <EmptyState
        title="This server has no tables that the user may see"
        action={<Button onClick={() => void tablesQuery.refetch()}>Read again</Button>}
      >
        System databases are left out. Grant SELECT on the tables to capture.
      </EmptyState>
    );
  }
  if (draft.lists !== null) return <ListsPanel wizard={wizard} lists={draft.lists} />;
  return (
    <div className="space-y-3">
      <p className="text-sm text-ink-3">
        A ticked database includes tables that are created in it later. Sizes and row counts are the server's
        estimates.
      </p>
      <TablePicker tables={tables} picks={draft.picks} onChange={(picks) => change({ picks })} />
      {tablesQuery.data.truncated ? (
        <p className="text-xs text-warn">The schema is larger than what is shown: search for the table.</p>
      ) : null}
      <StepError errors={errors} path="config.tableIncludeList" />
      <StepError errors={errors} path="config.databaseIncludeList" />
    </div>
  );
}

const listNames: Record<keyof CaptureLists, string> = {
  databaseIncludeList: 'Databases',
  databaseExcludeList: 'Without databases',
  tableIncludeList: 'Tables',
  tableExcludeList: 'Without tables',
};

/** The patterns of a pasted connector, and what they match now. */
function ListsPanel({ wizard, lists }: { wizard: Wizard; lists: CaptureLists }) {
  const { draft, tables, change, errors } = wizard;
  const entries = Object.entries(lists) as [keyof CaptureLists, string[]][];
  return (
    <Panel
      title="As the connector says"
      actions={
        <Button size="sm" onClick={() => change({ lists: null })}>
          Pick tables instead
        </Button>
      }
    >
      <dl className="space-y-3">
        {entries.length === 0 ? <Fact name="Tables">all, those to come included</Fact> : null}
        {entries.map(([name, patterns]) => (
          <Fact key={name} name={listNames[name]} mono>
            {patterns.join(', ')}
          </Fact>
        ))}
        <Fact name="Matches now">{plural(draftTables(draft, tables).length, 'table')}</Fact>
      </dl>
      <StepError errors={errors} path="config.tableIncludeList" />
      <StepError errors={errors} path="config.databaseIncludeList" />
    </Panel>
  );
}
