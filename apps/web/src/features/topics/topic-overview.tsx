'use client';

import type { TopicDetail } from '@sealane/contracts/api/topics';
import Link from 'next/link';
import { useState } from 'react';
import { formatBytes, formatCount, UNKNOWN } from '../../components/format/numbers.ts';
import { Checkbox } from '../../components/ui/checkbox.tsx';
import { DataTable } from '../../components/ui/data-table.tsx';
import { Fact, Panel } from '../../components/ui/panel.tsx';
import { columnsOf } from '../../components/ui/table-features.ts';
import { QueryFailure } from '../api/query-failure.tsx';
import { useTopic } from './topic-frame.tsx';

type Partition = TopicDetail['partitionList'][number];
const column = columnsOf<Partition>();
const right = { align: 'right' } as const;

function behind(partition: Partition): boolean {
  return partition.inSyncReplicas.length < partition.replicas.length;
}

const columns = column.columns([
  column.accessor('partition', {
    header: 'Partition',
    cell: ({ getValue }) => <span className="tnum">{getValue()}</span>,
  }),
  column.display({
    id: 'count',
    header: 'Messages',
    meta: right,
    cell: ({ row }) => {
      const { earliestOffset, latestOffset } = row.original;
      const count =
        earliestOffset === null || latestOffset === null
          ? null
          : String(BigInt(latestOffset) - BigInt(earliestOffset));
      return <span className="tnum">{formatCount(count)}</span>;
    },
  }),
  column.accessor('earliestOffset', {
    header: 'First offset',
    meta: right,
    cell: ({ getValue }) => <span className="tnum font-mono text-xs">{getValue() ?? UNKNOWN}</span>,
  }),
  column.accessor('latestOffset', {
    header: 'Next offset',
    meta: right,
    cell: ({ getValue }) => <span className="tnum font-mono text-xs">{getValue() ?? UNKNOWN}</span>,
  }),
  column.accessor('bytes', {
    header: 'Size',
    meta: right,
    cell: ({ getValue }) => <span className="tnum whitespace-nowrap">{formatBytes(getValue())}</span>,
  }),
  column.accessor('leader', {
    header: 'Leader',
    meta: { ...right, from: 'sm' },
    cell: ({ getValue }) => <span className="tnum">{getValue()}</span>,
  }),
  column.display({
    id: 'replicas',
    header: 'In sync',
    meta: { ...right, from: 'sm' },
    cell: ({ row }) => (
      <span
        className={`tnum ${behind(row.original) ? 'font-medium text-warn' : ''}`}
        title={`In sync: ${row.original.inSyncReplicas.join(', ')} of ${row.original.replicas.join(', ')}`}
      >
        {row.original.inSyncReplicas.length} of {row.original.replicas.length}
      </span>
    ),
  }),
]);

/** Partitions, size and settings of one topic. */
export function TopicOverview({ topic }: { topic: string }) {
  const { detail } = useTopic(topic);
  if (detail.isError && detail.data === undefined) {
    return <QueryFailure query={detail} />;
  }
  const data = detail.data;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
      <div className="grid content-start gap-4">
        <Panel>
          <dl className="grid grid-cols-2 gap-3 sm:grid-cols-5">
            <Fact name="Messages">{formatCount(data?.messages)}</Fact>
            <Fact name="Size">{formatBytes(data?.bytes)}</Fact>
            <Fact name="Partitions">{formatCount(data?.partitions)}</Fact>
            <Fact name="Replication factor">{formatCount(data?.replicationFactor)}</Fact>
            <Fact name="Written by">
              {data?.pipelines.length
                ? data.pipelines.map((pipeline) => (
                    <Link
                      key={pipeline.id}
                      href={`/pipelines/${pipeline.id}`}
                      className="mr-2 text-accent hover:underline"
                    >
                      {pipeline.name}
                    </Link>
                  ))
                : UNKNOWN}
            </Fact>
          </dl>
        </Panel>
        <Panel title="Partitions" flush>
          <DataTable
            label="Partitions"
            columns={columns}
            rows={data?.partitionList ?? []}
            rowId={(row) => String(row.partition)}
            loading={detail.isPending}
            skeletonRows={3}
          />
        </Panel>
      </div>
      <TopicConfig config={data?.config} />
    </div>
  );
}

function TopicConfig({ config }: { config: TopicDetail['config'] | undefined }) {
  const [all, setAll] = useState(false);
  const shown = config?.filter((entry) => all || !entry.isDefault);
  return (
    <Panel
      title="Settings"
      flush
      actions={<Checkbox visible label="Defaults too" checked={all} onChange={setAll} />}
    >
      {shown === undefined ? <div className="skeleton m-3 h-24" /> : null}
      {shown?.length === 0 ? (
        <p className="px-3 py-6 text-center text-sm text-ink-3">All settings are the broker's defaults.</p>
      ) : null}
      <dl className="max-h-[32rem] divide-y divide-line overflow-y-auto">
        {shown?.map((entry) => (
          <div key={entry.name} className="flex items-baseline justify-between gap-4 px-3 py-1.5">
            <dt className="min-w-0 font-mono text-xs break-all text-ink-2">{entry.name}</dt>
            <dd
              className={`tnum min-w-0 text-right font-mono text-xs break-all ${entry.isDefault ? 'text-ink-3' : 'font-medium text-ink'}`}
            >
              {entry.value ?? UNKNOWN}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
