'use client';

import type { Source } from '@sealane/contracts/api/sources';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Database, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { plural } from '../../components/format/numbers.ts';
import { Button } from '../../components/ui/button.tsx';
import { DataTable } from '../../components/ui/data-table.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { PageHeader } from '../../components/ui/page-header.tsx';
import { Pager } from '../../components/ui/pager.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SearchInput } from '../../components/ui/search-input.tsx';
import { columnsOf } from '../../components/ui/table-features.ts';
import { api, queries } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';
import { useEditReason } from '../frame/use-me.ts';
import { useListState } from '../pipelines/use-list-state.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { RowActions } from './row-actions.tsx';
import { SourceEditor } from './source-editor.tsx';
import { StoredTestDialog } from './stored-test-dialog.tsx';

type Open = { kind: 'new' } | { kind: 'edit' | 'test' | 'delete'; source: Source } | null;
const column = columnsOf<Source>();

function columnsFor(open: (next: Open) => void) {
  return column.columns([
    column.accessor('name', {
      header: 'Name',
      meta: { width: 'w-full min-w-32' },
      cell: ({ getValue }) => <span className="font-medium">{getValue()}</span>,
    }),
    column.display({
      id: 'server',
      header: 'Server',
      enableSorting: false,
      meta: { from: 'sm' },
      cell: ({ row }) => (
        <span className="whitespace-nowrap">
          {row.original.flavor === 'mysql' ? 'MySQL' : 'MariaDB'}{' '}
          <span className="text-ink-3">{row.original.version}</span>
        </span>
      ),
    }),
    column.accessor('host', {
      header: 'Address',
      meta: { from: 'md' },
      cell: ({ row }) => (
        <span className="font-mono text-xs whitespace-nowrap">
          {row.original.user}@{row.original.host}:{row.original.port}
        </span>
      ),
    }),
    column.display({
      id: 'tls',
      header: 'TLS',
      enableSorting: false,
      meta: { from: 'lg' },
      cell: ({ row }) => <span className="text-ink-2">{row.original.tls.mode.replace('_', ' ')}</span>,
    }),
    column.display({
      id: 'used',
      header: 'Used by',
      enableSorting: false,
      meta: { from: 'sm' },
      cell: ({ row }) => (
        <span className="tnum whitespace-nowrap text-ink-2">
          {row.original.pipelineCount === 0 ? '–' : plural(row.original.pipelineCount, 'pipeline')}
        </span>
      ),
    }),
    column.display({
      id: 'actions',
      header: () => <span className="sr-only">Actions</span>,
      enableSorting: false,
      meta: { align: 'right' },
      cell: ({ row }) => (
        <RowActions
          name={row.original.name}
          pipelineCount={row.original.pipelineCount}
          onTest={() => open({ kind: 'test', source: row.original })}
          onEdit={() => open({ kind: 'edit', source: row.original })}
          onDelete={() => open({ kind: 'delete', source: row.original })}
        />
      ),
    }),
  ]);
}

/** The database servers that pipelines read from. */
export function SourcesPage() {
  const list = useListState({ sort: 'name' });
  const reason = useEditReason();
  const [open, setOpen] = useState<Open>(null);
  const columns = useMemo(() => columnsFor(setOpen), []);
  const result = useQuery({
    ...queries.sources.list.queryOptions({ input: list.query }),
    placeholderData: keepPreviousData,
  });
  const addButton = (
    <Button look="primary" disabledReason={reason} onClick={() => setOpen({ kind: 'new' })}>
      <Plus aria-hidden className="size-4" />
      Add source
    </Button>
  );
  return (
    <div className="space-y-4">
      <PageHeader title="Sources" lead="Database servers whose binlog pipelines read." actions={addButton} />
      {result.isError && result.data === undefined ? (
        <ErrorPanel
          error={toProblem(result.error)}
          actions={
            <Button size="sm" onClick={() => void result.refetch()}>
              Try again
            </Button>
          }
        />
      ) : (
        <Panel flush>
          <div className="border-b p-2">
            <SearchInput
              value={list.q}
              onChange={list.setSearch}
              label="Filter by name or host"
              className="sm:max-w-64"
            />
          </div>
          <DataTable
            label="Sources"
            columns={columns}
            rows={result.data?.items ?? []}
            rowId={(row) => row.id}
            loading={result.isPending}
            sort={list.sort}
            onSort={list.setSort}
            empty={
              list.q === '' ? (
                <EmptyState icon={<Database />} title="No source yet" action={addButton}>
                  Add a MySQL or MariaDB server. The connection is tested first, and everything that capturing
                  needs is checked with what mends it.
                </EmptyState>
              ) : (
                <EmptyState
                  title="No source matches"
                  action={<Button onClick={() => list.setSearch('')}>Clear filter</Button>}
                />
              )
            }
          />
          {result.data && result.data.total > 0 ? (
            <Pager
              page={result.data.page}
              pageSize={result.data.pageSize}
              total={result.data.total}
              onPage={list.setPage}
              noun="source"
            />
          ) : null}
        </Panel>
      )}
      <SourceDialogs open={open} onClose={() => setOpen(null)} />
    </div>
  );
}

function SourceDialogs({ open, onClose }: { open: Open; onClose: () => void }) {
  return (
    <>
      <Dialog
        open={open?.kind === 'new' || open?.kind === 'edit'}
        onClose={onClose}
        wide
        title={open?.kind === 'edit' ? `Edit ${open.source.name}` : 'Add source'}
        lead={
          open?.kind === 'edit' && open.source.pipelineCount > 0
            ? 'Running pipelines of this source restart with the new values.'
            : undefined
        }
      >
        {open?.kind === 'edit' ? (
          <SourceEditor source={open.source} saveLabel="Save" onSaved={onClose} onCancel={onClose} />
        ) : (
          <SourceEditor saveLabel="Add source" onSaved={onClose} onCancel={onClose} />
        )}
      </Dialog>
      <StoredTestDialog kind="source" item={open?.kind === 'test' ? open.source : null} onClose={onClose} />
      <RemoveDialog
        what="source"
        item={open?.kind === 'delete' ? open.source : null}
        remove={(id) => api.sources.remove({ id })}
        onClose={onClose}
      />
    </>
  );
}
