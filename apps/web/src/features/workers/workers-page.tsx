'use client';

import { useQuery } from '@tanstack/react-query';
import { Server } from 'lucide-react';
import { formatBytes, formatCount } from '../../components/format/numbers.ts';
import { DataTable } from '../../components/ui/data-table.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { PageHeader } from '../../components/ui/page-header.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { columnsOf } from '../../components/ui/table-features.ts';
import { RelativeTime } from '../../components/ui/time-text.tsx';
import { queries } from '../api/client.ts';
import { QueryFailure } from '../api/query-failure.tsx';

interface Worker {
  id: string;
  host: string;
  startedAt: string;
  seenAt: string;
  pipelines: number;
  rssBytes: number;
}

const column = columnsOf<Worker>();
const right = { align: 'right' } as const;
const columns = column.columns([
  column.accessor('id', {
    header: 'Worker',
    meta: { width: 'w-full min-w-32' },
    cell: ({ getValue }) => <span className="font-mono text-xs break-all">{getValue()}</span>,
  }),
  column.accessor('host', {
    header: 'Host',
    meta: { from: 'sm' },
    cell: ({ getValue }) => <span className="font-mono text-xs">{getValue()}</span>,
  }),
  column.accessor('pipelines', {
    header: 'Pipelines',
    meta: right,
    cell: ({ getValue }) => <span className="tnum">{formatCount(getValue())}</span>,
  }),
  column.accessor('rssBytes', {
    header: 'Memory',
    meta: { ...right, from: 'sm' },
    cell: ({ getValue }) => <span className="tnum whitespace-nowrap">{formatBytes(getValue())}</span>,
  }),
  column.accessor('startedAt', {
    header: 'Started',
    meta: { ...right, from: 'md' },
    cell: ({ getValue }) => <RelativeTime at={getValue()} />,
  }),
  column.accessor('seenAt', {
    header: 'Last seen',
    meta: right,
    cell: ({ getValue }) => <RelativeTime at={getValue()} />,
  }),
]);

/** The worker processes that are alive. */
export function WorkersPage() {
  const result = useQuery({ ...queries.account.workers.queryOptions(), refetchInterval: 5_000 });
  return (
    <div className="space-y-4">
      <PageHeader
        title="Workers"
        lead="Processes that run pipelines. Any number on any machines; each takes what waits."
      />
      {result.isError && result.data === undefined ? (
        <QueryFailure query={result} />
      ) : (
        <Panel flush>
          <DataTable
            label="Workers"
            columns={columns}
            rows={result.data?.items ?? []}
            rowId={(row) => row.id}
            loading={result.isPending}
            skeletonRows={2}
            empty={
              <EmptyState icon={<Server />} title="No worker is alive">
                Pipelines stay pending until one starts. Start a worker with the same database and Redis as
                this console: <code className="font-mono text-xs">npm start</code> runs one beside it.
              </EmptyState>
            }
          />
        </Panel>
      )}
    </div>
  );
}
