'use client';

import type { PipelineListItem } from '@sealane/contracts/api/pipelines';
import Link from 'next/link';
import { formatRate, lagText } from '../../components/format/numbers.ts';
import { columnsOf } from '../../components/ui/table-features.ts';
import { RelativeTime } from '../../components/ui/time-text.tsx';
import { useNow } from '../frame/clock.tsx';
import { MiniLane } from './mini-lane.tsx';
import { LagSparkline } from './sparkline.tsx';
import { StateBadge } from './state-badge.tsx';
import { isActive } from './state-look.ts';

const column = columnsOf<PipelineListItem>();

function active(row: PipelineListItem): boolean {
  return isActive(row.status.state);
}

function NameCell({ row }: { row: PipelineListItem }) {
  return (
    <div className="min-w-0">
      <Link href={`/pipelines/${row.id}`} className="block truncate font-medium text-ink hover:text-accent">
        {row.name}
      </Link>
      <div className="truncate text-xs text-ink-3">
        {row.source.name} → {row.cluster.name}
      </div>
    </div>
  );
}

function LaneCell({ row }: { row: PipelineListItem }) {
  const now = useNow(1000);
  return <MiniLane sample={row.sample} status={row.status} now={now} />;
}

/** The columns of the pipelines list. */
export const pipelineColumns = column.columns([
  column.accessor('name', {
    header: 'Pipeline',
    meta: { width: 'w-full max-w-0 min-w-40' },
    cell: ({ row }) => <NameCell row={row.original} />,
  }),
  column.display({
    id: 'state',
    header: 'State',
    enableSorting: true,
    cell: ({ row }) => <StateBadge state={row.original.status.state} />,
  }),
  column.display({
    id: 'lane',
    header: 'Lane',
    enableSorting: false,
    meta: { from: 'lg' },
    cell: ({ row }) => <LaneCell row={row.original} />,
  }),
  column.display({
    id: 'lag',
    header: 'Lag',
    enableSorting: false,
    meta: { align: 'right', width: 'min-w-22' },
    cell: ({ row }) => (
      <span
        className="tnum whitespace-nowrap"
        title={active(row.original) ? undefined : 'No process reports lag'}
      >
        {active(row.original) ? lagText(row.original.sample?.lag) : '–'}
      </span>
    ),
  }),
  column.display({
    id: 'trend',
    header: 'Last minute',
    enableSorting: false,
    meta: { from: 'md' },
    cell: ({ row }) => <LagSparkline points={active(row.original) ? row.original.lagHistory : []} />,
  }),
  column.display({
    id: 'rate',
    header: 'Throughput',
    enableSorting: false,
    meta: { align: 'right', width: 'min-w-28', from: 'sm' },
    cell: ({ row }) => (
      <span className="tnum whitespace-nowrap">
        {active(row.original) ? formatRate(row.original.sample?.rowsPerSecondAcknowledged) : '–'}
      </span>
    ),
  }),
  column.display({
    id: 'since',
    header: 'Since',
    enableSorting: false,
    meta: { align: 'right', from: 'lg' },
    cell: ({ row }) => (
      <span className="text-ink-3">
        <RelativeTime at={row.original.status.since} />
      </span>
    ),
  }),
]);

export const pipelineColumnNames = [
  { id: 'lane', label: 'Lane' },
  { id: 'lag', label: 'Lag' },
  { id: 'trend', label: 'Last minute' },
  { id: 'rate', label: 'Throughput' },
  { id: 'since', label: 'Since' },
] as const;
