'use client';

import { Button } from '../../components/ui/button.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { toProblem } from '../api/problem.ts';
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
    return (
      <ErrorPanel
        error={toProblem(tablesQuery.error)}
        heading="The schema could not be read"
        actions={
          <Button size="sm" onClick={() => void tablesQuery.refetch()}>
            Try again
          </Button>
        }
      />
    );
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
