'use client';

import type { TableCounters } from '@sealane/contracts/live';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { formatBytes, formatCount, formatRate } from '../../components/format/numbers.ts';
import { DataTable, type SortState } from '../../components/ui/data-table.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SearchInput } from '../../components/ui/search-input.tsx';
import { columnsOf } from '../../components/ui/table-features.ts';
import { RelativeTime } from '../../components/ui/time-text.tsx';
import { OpBadge } from '../messages/op-badge.tsx';
import { usePipeline } from './pipeline-context.tsx';

type Row = TableCounters & { rate: number | null; clusterId: string };
const column = columnsOf<Row>();
const numeric = { align: 'right' } as const;

function Count({ value }: { value: number }) {
  return <span className={`tnum ${value === 0 ? 'text-ink-3' : ''}`}>{formatCount(value)}</span>;
}

const columns = column.columns([
  column.accessor('table', {
    header: 'Table',
    meta: { width: 'min-w-40' },
    cell: ({ row }) => (
      <Link
        href={`/topics/${encodeURIComponent(row.original.topic)}/messages?cluster=${row.original.clusterId}`}
        className="font-mono text-xs text-ink hover:text-accent hover:underline"
        title={`Messages of ${row.original.topic}`}
      >
        {row.original.table}
      </Link>
    ),
  }),
  column.accessor('rate', {
    header: 'Rate',
    meta: { ...numeric, width: 'min-w-28' },
    cell: ({ getValue }) => <span className="tnum whitespace-nowrap">{formatRate(getValue())}</span>,
  }),
  column.accessor('create', {
    header: () => <OpBadge op="c" short />,
    meta: numeric,
    cell: ({ getValue }) => <Count value={getValue()} />,
  }),
  column.accessor('update', {
    header: () => <OpBadge op="u" short />,
    meta: numeric,
    cell: ({ getValue }) => <Count value={getValue()} />,
  }),
  column.accessor('delete', {
    header: () => <OpBadge op="d" short />,
    meta: numeric,
    cell: ({ getValue }) => <Count value={getValue()} />,
  }),
  column.accessor('read', {
    header: () => <OpBadge op="r" short />,
    meta: numeric,
    cell: ({ getValue }) => <Count value={getValue()} />,
  }),
  column.accessor('tombstone', {
    header: () => <OpBadge op="t" short />,
    meta: { ...numeric, from: 'md' },
    cell: ({ getValue }) => <Count value={getValue()} />,
  }),
  column.accessor('bytes', {
    header: 'Bytes',
    meta: { ...numeric, from: 'sm' },
    cell: ({ getValue }) => <span className="tnum whitespace-nowrap">{formatBytes(getValue())}</span>,
  }),
  column.accessor('lastEventAtMs', {
    header: 'Last event',
    meta: { ...numeric, from: 'md' },
    cell: ({ getValue }) => (
      <span className="text-ink-3">
        <RelativeTime at={getValue()} />
      </span>
    ),
  }),
]);

function compare(a: Row, b: Row, key: string): number {
  const left = a[key as keyof Row] ?? -1;
  const right = b[key as keyof Row] ?? -1;
  return typeof left === 'string' ? left.localeCompare(String(right)) : Number(left) - Number(right);
}

/** Counts of each captured table since the process started; all of them are in every sample. */
export function TablesPanel({ limit }: { limit?: number }) {
  const { pipeline, live } = usePipeline();
  const [sort, setSort] = useState<SortState>({ sort: 'table', order: 'asc' });
  const [filter, setFilter] = useState('');
  const all = live.sample?.tables;
  const rows = useMemo(() => {
    const found = (all ?? [])
      .filter((table) => filter === '' || table.table.toLowerCase().includes(filter.toLowerCase()))
      .map((table) => ({
        ...table,
        rate: live.tableRates.get(table.table) ?? null,
        clusterId: pipeline.cluster.id,
      }));
    found.sort((a, b) => compare(a, b, sort.sort) * (sort.order === 'asc' ? 1 : -1));
    return limit === undefined ? found : found.slice(0, limit);
  }, [all, live.tableRates, filter, sort, limit, pipeline.cluster.id]);
  const more = all !== undefined && limit !== undefined && all.length > limit;
  return (
    <Panel
      title={all === undefined ? 'Tables' : `Tables (${formatCount(all.length)})`}
      flush
      actions={
        limit === undefined ? (
          <SearchInput value={filter} onChange={setFilter} label="Filter tables" className="w-56" />
        ) : more ? (
          <Link
            href={`/pipelines/${pipeline.id}/tables`}
            className="text-xs font-medium text-accent hover:underline"
          >
            All tables
          </Link>
        ) : null
      }
    >
      <DataTable
        label="Tables"
        columns={columns}
        rows={rows}
        rowId={(row) => row.table}
        sort={sort}
        onSort={setSort}
        empty={
          <EmptyState title={filter === '' ? 'No table has been reported yet' : 'No table is called that'}>
            {filter === ''
              ? 'Counts appear here as soon as the pipeline runs.'
              : 'Clear the filter to see all tables.'}
          </EmptyState>
        }
      />
    </Panel>
  );
}
