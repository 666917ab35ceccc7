'use client';

import type { Cluster } from '@sealane/contracts/api/clusters';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Boxes, Plus } from 'lucide-react';
import Link from 'next/link';
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
import { ClusterEditor } from './cluster-editor.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { RowActions } from './row-actions.tsx';
import { StoredTestDialog } from './stored-test-dialog.tsx';

type Open = { kind: 'new' } | { kind: 'edit' | 'test' | 'delete'; cluster: Cluster } | null;
const column = columnsOf<Cluster>();

function securityOf(cluster: Cluster): string {
  const parts = [
    cluster.tls.enabled ? 'TLS' : null,
    cluster.sasl ? `SASL ${cluster.sasl.mechanism.toUpperCase()}` : null,
  ].filter(Boolean);
  return parts.length === 0 ? 'plain text' : parts.join(', ');
}

function columnsFor(open: (next: Open) => void) {
  return column.columns([
    column.accessor('name', {
      header: 'Name',
      meta: { width: 'w-full min-w-32' },
      cell: ({ row }) => (
        <Link
          href={`/topics?cluster=${row.original.id}`}
          className="font-medium hover:text-accent"
          title="Topics of this cluster"
        >
          {row.original.name}
        </Link>
      ),
    }),
    column.display({
      id: 'brokers',
      header: 'Brokers',
      enableSorting: false,
      meta: { from: 'sm' },
      cell: ({ row }) => (
        <span className="font-mono text-xs break-all">{row.original.brokers.join(', ')}</span>
      ),
    }),
    column.display({
      id: 'security',
      header: 'Security',
      enableSorting: false,
      meta: { from: 'md' },
      cell: ({ row }) => <span className="whitespace-nowrap text-ink-2">{securityOf(row.original)}</span>,
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
          onTest={() => open({ kind: 'test', cluster: row.original })}
          onEdit={() => open({ kind: 'edit', cluster: row.original })}
          onDelete={() => open({ kind: 'delete', cluster: row.original })}
        />
      ),
    }),
  ]);
}

/** The Kafka clusters that pipelines write to. */
export function ClustersPage() {
  const list = useListState({ sort: 'name' });
  const reason = useEditReason();
  const [open, setOpen] = useState<Open>(null);
  const columns = useMemo(() => columnsFor(setOpen), []);
  const result = useQuery({
    ...queries.clusters.list.queryOptions({ input: list.query }),
    placeholderData: keepPreviousData,
  });
  const addButton = (
    <Button look="primary" disabledReason={reason} onClick={() => setOpen({ kind: 'new' })}>
      <Plus aria-hidden className="size-4" />
      Add cluster
    </Button>
  );
  return (
    <div className="space-y-4">
      <PageHeader
        title="Clusters"
        lead="Kafka clusters that pipelines write to and topics are read from."
        actions={addButton}
      />
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
              label="Filter by name"
              className="sm:max-w-64"
            />
          </div>
          <DataTable
            label="Clusters"
            columns={columns}
            rows={result.data?.items ?? []}
            rowId={(row) => row.id}
            loading={result.isPending}
            sort={list.sort}
            onSort={list.setSort}
            empty={
              list.q === '' ? (
                <EmptyState icon={<Boxes />} title="No cluster yet" action={addButton}>
                  Add a Kafka cluster by the address of one of its brokers.
                </EmptyState>
              ) : (
                <EmptyState
                  title="No cluster matches"
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
              noun="cluster"
            />
          ) : null}
        </Panel>
      )}
      <ClusterDialogs open={open} onClose={() => setOpen(null)} />
    </div>
  );
}

function ClusterDialogs({ open, onClose }: { open: Open; onClose: () => void }) {
  return (
    <>
      <Dialog
        open={open?.kind === 'new' || open?.kind === 'edit'}
        onClose={onClose}
        wide
        title={open?.kind === 'edit' ? `Edit ${open.cluster.name}` : 'Add cluster'}
        lead={
          open?.kind === 'edit' && open.cluster.pipelineCount > 0
            ? 'Running pipelines of this cluster restart with the new values.'
            : undefined
        }
      >
        {open?.kind === 'edit' ? (
          <ClusterEditor cluster={open.cluster} saveLabel="Save" onSaved={onClose} onCancel={onClose} />
        ) : (
          <ClusterEditor saveLabel="Add cluster" onSaved={onClose} onCancel={onClose} />
        )}
      </Dialog>
      <StoredTestDialog kind="cluster" item={open?.kind === 'test' ? open.cluster : null} onClose={onClose} />
      <RemoveDialog
        what="cluster"
        item={open?.kind === 'delete' ? open.cluster : null}
        remove={(id) => api.clusters.remove({ id })}
        onClose={onClose}
      />
    </>
  );
}
