'use client';

import type { Cluster } from '@sealane/contracts/api/clusters';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import Link from 'next/link';
import { columnsOf } from '../../components/ui/table-features.ts';
import { api, queries } from '../api/client.ts';
import { useListState } from '../lists/use-list-state.ts';
import { ClusterEditor } from './cluster-editor.tsx';
import { ConnectionsPage } from './connections-page.tsx';

const column = columnsOf<Cluster>();

function securityOf(cluster: Cluster): string {
  const parts = [
    cluster.tls.enabled ? 'TLS' : null,
    cluster.sasl ? `SASL ${cluster.sasl.mechanism.toUpperCase()}` : null,
  ].filter(Boolean);
  return parts.length === 0 ? 'plain text' : parts.join(', ');
}

const columns = column.columns([
  column.accessor('name', {
    header: 'Name',
    meta: { width: 'w-full min-w-32' },
    cell: ({ row }) => (
      <div className="py-1 sm:py-0">
        <Link
          href={`/topics?cluster=${row.original.id}`}
          className="font-medium hover:text-accent"
          title="Topics of this cluster"
        >
          {row.original.name}
        </Link>
        <span className="block font-mono text-xs break-words text-ink-3 sm:hidden">
          {row.original.brokers.join(', ')}
        </span>
      </div>
    ),
  }),
  column.display({
    id: 'brokers',
    header: 'Brokers',
    enableSorting: false,
    meta: { from: 'sm' },
    cell: ({ row }) => (
      <span className="block min-w-48 font-mono text-xs break-words">{row.original.brokers.join(', ')}</span>
    ),
  }),
  column.display({
    id: 'security',
    header: 'Security',
    enableSorting: false,
    meta: { from: 'md' },
    cell: ({ row }) => <span className="whitespace-nowrap text-ink-2">{securityOf(row.original)}</span>,
  }),
]);

/** The Kafka clusters that pipelines write to. */
export function ClustersPage() {
  const list = useListState({ sort: 'name' });
  const result = useQuery({
    ...queries.clusters.list.queryOptions({ input: list.query }),
    placeholderData: keepPreviousData,
  });
  return (
    <ConnectionsPage
      what="cluster"
      title="Clusters"
      lead="Kafka clusters that pipelines write to and topics are read from."
      searchLabel="Filter by name"
      icon={<Boxes />}
      firstStep="Add a Kafka cluster by the address of one of its brokers."
      list={list}
      result={result}
      columns={columns}
      editor={(cluster, props) => <ClusterEditor cluster={cluster} {...props} />}
      remove={(id) => api.clusters.remove({ id })}
    />
  );
}
