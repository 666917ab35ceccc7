'use client';

import type { TopicSummary } from '@sealane/contracts/api/topics';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Rows3 } from 'lucide-react';
import Link from 'next/link';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { formatBytes, formatCount } from '../../components/format/numbers.ts';
import { Button } from '../../components/ui/button.tsx';
import { Checkbox } from '../../components/ui/checkbox.tsx';
import { ColumnPicker, useHiddenColumns } from '../../components/ui/column-picker.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { PageHeader } from '../../components/ui/page-header.tsx';
import { SearchInput } from '../../components/ui/search-input.tsx';
import { columnsOf } from '../../components/ui/table-features.ts';
import { queries } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';
import { ListPanel } from '../lists/list-panel.tsx';
import { useListState } from '../lists/use-list-state.ts';
import { ClusterSelect } from './cluster-select.tsx';
import { NoClusters } from './no-clusters.tsx';
import { useCluster } from './use-cluster.ts';

const column = columnsOf<TopicSummary>();

const right = { align: 'right' } as const;

const figures = column.columns([
  column.accessor('messages', {
    header: 'Messages',
    meta: right,
    cell: ({ getValue }) => (
      <span className="tnum" title="End minus start offsets: an upper bound where the topic is compacted">
        {formatCount(getValue())}
      </span>
    ),
  }),
  column.accessor('bytes', {
    header: 'Size',
    meta: { ...right, from: 'sm' },
    cell: ({ getValue }) => <span className="tnum whitespace-nowrap">{formatBytes(getValue())}</span>,
  }),
  column.accessor('partitions', {
    header: 'Partitions',
    meta: { ...right, from: 'md' },
    cell: ({ getValue }) => <span className="tnum">{getValue()}</span>,
  }),
  column.accessor('replicationFactor', {
    header: 'Replicas',
    enableSorting: false,
    meta: { ...right, from: 'lg' },
    cell: ({ getValue }) => <span className="tnum">{getValue()}</span>,
  }),
  column.accessor('cleanupPolicy', {
    header: 'Cleanup',
    enableSorting: false,
    meta: { from: 'lg' },
    cell: ({ getValue }) => <span className="text-ink-2">{getValue() ?? '–'}</span>,
  }),
  column.display({
    id: 'pipelines',
    header: 'Written by',
    enableSorting: false,
    meta: { from: 'md', width: 'min-w-32' },
    cell: ({ row }) =>
      row.original.pipelines.length === 0 ? (
        <span className="text-ink-3">–</span>
      ) : (
        row.original.pipelines.map((pipeline) => (
          <Link
            key={pipeline.id}
            href={`/pipelines/${pipeline.id}`}
            className="mr-2 text-accent hover:underline"
          >
            {pipeline.name}
          </Link>
        ))
      ),
  }),
]);

function topicColumns(clusterId: string) {
  const link = (topic: string, tab = '') => `/topics/${encodeURIComponent(topic)}${tab}?cluster=${clusterId}`;
  return column.columns([
    column.accessor('name', {
      header: 'Topic',
      meta: { width: 'w-full min-w-44' },
      cell: ({ row }) => (
        <Link
          href={link(row.original.name)}
          className="font-mono text-xs break-all text-ink hover:text-accent"
        >
          {row.original.name}
          {row.original.internal ? (
            <span className="ml-2 font-sans text-2xs text-ink-3">internal</span>
          ) : null}
        </Link>
      ),
    }),
    ...figures,
    column.display({
      id: 'open',
      header: () => <span className="sr-only">Messages</span>,
      enableSorting: false,
      meta: { align: 'right' },
      cell: ({ row }) => (
        <Link
          href={link(row.original.name, '/messages')}
          className="text-xs font-medium whitespace-nowrap text-accent hover:underline"
          aria-label={`Messages of ${row.original.name}`}
        >
          Read
        </Link>
      ),
    }),
  ]);
}

const columnNames = [
  { id: 'messages', label: 'Messages' },
  { id: 'bytes', label: 'Size' },
  { id: 'partitions', label: 'Partitions' },
  { id: 'replicationFactor', label: 'Replicas' },
  { id: 'cleanupPolicy', label: 'Cleanup' },
  { id: 'pipelines', label: 'Written by' },
];

/** All topics of a cluster. */
export function TopicsPage() {
  const { clusters, clusterId, setClusterId, error } = useCluster();
  if (error && clusters === undefined) return <ErrorPanel error={toProblem(error)} />;
  if (clusters?.length === 0) return <NoClusters />;
  return (
    <div className="space-y-4">
      <PageHeader
        title="Topics"
        lead="What the cluster holds, read from its brokers now."
        actions={<ClusterSelect clusters={clusters} value={clusterId} onChange={setClusterId} />}
      />
      <TopicList clusterId={clusterId} />
    </div>
  );
}

function TopicList({ clusterId }: { clusterId: string | null }) {
  const list = useListState({ sort: 'name' });
  const [internal, setInternal] = useQueryState('internal', parseAsBoolean.withDefault(false));
  const [hidden, setHidden] = useHiddenColumns('topics');
  const result = useQuery({
    ...queries.topics.list.queryOptions({ input: { ...list.query, clusterId: clusterId ?? '', internal } }),
    enabled: clusterId !== null,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
  const columns = useMemo(() => topicColumns(clusterId ?? ''), [clusterId]);
  return (
    <ListPanel
      label="Topics"
      noun="topic"
      result={result}
      list={list}
      columns={columns}
      rowId={(row) => row.name}
      hidden={hidden}
      toolbar={
        <>
          <SearchInput
            value={list.q}
            onChange={list.setSearch}
            label="Filter by name"
            className="min-w-40 flex-1 sm:max-w-72"
          />
          <Checkbox
            visible
            label="Internal topics"
            checked={internal}
            onChange={(on) => void setInternal(on || null)}
          />
          <span className="flex-1" />
          <ColumnPicker columns={columnNames} hidden={hidden} onChange={setHidden} />
        </>
      }
      empty={
        list.q === '' ? (
          <EmptyState icon={<Rows3 />} title="No topic yet">
            A pipeline creates one topic per captured table with its first row.
          </EmptyState>
        ) : (
          <EmptyState
            title="All topics are filtered out"
            action={<Button onClick={() => list.setSearch('')}>Clear filter</Button>}
          >
            No topic is called that.
          </EmptyState>
        )
      }
    />
  );
}
