'use client';

import type { PipelineListItem } from '@sealane/contracts/api/pipelines';
import type { StageLag } from '@sealane/contracts/live';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { formatBytes, formatCount, formatRate, lagText } from '../../components/format/numbers.ts';
import { ButtonLink } from '../../components/ui/button.tsx';
import { DataTable } from '../../components/ui/data-table.tsx';
import { PageHeader } from '../../components/ui/page-header.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { queries } from '../api/client.ts';
import { QueryFailure } from '../api/query-failure.tsx';
import { StreamNote } from '../frame/stream-note.tsx';
import { pipelineColumns } from '../pipelines/list-columns.tsx';
import { NoPipelines } from '../pipelines/pipelines-page.tsx';
import { isActive } from '../pipelines/state-look.ts';
import { useAllLive } from '../pipelines/use-all-live.ts';
import { Attention } from './attention.tsx';

/** The first page: what needs attention, the totals, the pipelines. */
export function OverviewPage() {
  const { stream, overlay } = useAllLive();
  const result = useQuery({
    ...queries.pipelines.list.queryOptions({ input: { pageSize: 100, sort: 'name' } }),
    refetchInterval: 15_000,
  });
  const workers = useQuery({ ...queries.account.workers.queryOptions(), refetchInterval: 10_000 });
  const rows = result.data?.items.map(overlay) ?? [];
  const empty = result.data !== undefined && rows.length === 0;
  return (
    <div className="space-y-4">
      <PageHeader
        title="Overview"
        lead={<StreamNote state={stream} />}
        actions={
          <ButtonLink href="/pipelines/new" look={empty ? 'secondary' : 'primary'}>
            <Plus aria-hidden className="size-4" />
            New pipeline
          </ButtonLink>
        }
      />
      {result.isError && result.data === undefined ? (
        <QueryFailure query={result} />
      ) : (
        <>
          <Totals rows={rows} pending={result.isPending} workers={workers.data?.items.length ?? null} />
          <Attention rows={rows} workers={workers.data?.items.length ?? null} pending={result.isPending} />
          <Panel
            title="Pipelines"
            flush
            actions={
              <Link href="/pipelines" className="text-xs font-medium text-accent hover:underline">
                {result.data && result.data.total > rows.length
                  ? `All ${formatCount(result.data.total)}`
                  : 'All pipelines'}
              </Link>
            }
          >
            <DataTable
              label="Pipelines"
              columns={pipelineColumns}
              rows={rows}
              rowId={(row) => row.id}
              loading={result.isPending}
              skeletonRows={3}
              tall
              empty={<NoPipelines />}
            />
          </Panel>
        </>
      )}
    </div>
  );
}

/** What a lag that is known may be at most. */
function atMost({ totalMs, commitPrecisionMs }: StageLag): number {
  return (totalMs ?? 0) + commitPrecisionMs;
}

function Totals({
  rows,
  pending,
  workers,
}: {
  rows: readonly PipelineListItem[];
  pending: boolean;
  workers: number | null;
}) {
  const live = rows.filter((row) => isActive(row.status.state));
  const running = rows.filter((row) => row.status.state === 'running' || row.status.state === 'snapshotting');
  const sum = (pick: (row: PipelineListItem) => number | undefined) =>
    live.reduce((total, row) => total + (pick(row) ?? 0), 0);
  const [worst] = live
    .flatMap(({ sample }) => sample?.lag ?? [])
    .filter(({ totalMs }) => totalMs !== null)
    .sort((a, b) => atMost(b) - atMost(a));
  const totals = [
    { name: 'Running', value: pending ? '–' : `${running.length} of ${rows.length}` },
    {
      name: 'Acknowledged',
      value: pending ? '–' : formatRate(sum((row) => row.sample?.rowsPerSecondAcknowledged)),
    },
    {
      name: 'Into Kafka',
      value: pending ? '–' : `${formatBytes(sum((row) => row.sample?.bytesPerSecondAcknowledged))}/s`,
    },
    {
      name: 'Greatest lag',
      value: lagText(worst),
      title: worst === undefined ? 'No running pipeline reports lag' : undefined,
    },
    { name: 'Workers', value: formatCount(workers) },
  ];
  return (
    <dl
      className="grid grid-cols-2 overflow-hidden rounded-lg border bg-line sm:grid-cols-3 lg:grid-cols-5 [&>*]:bg-surface"
      style={{ gap: 1 }}
    >
      {totals.map((total) => (
        <div
          key={total.name}
          className="px-3.5 py-3 max-sm:last:col-span-2 sm:max-lg:last:col-span-2"
          title={total.title}
        >
          <dt className="text-xs text-ink-3">{total.name}</dt>
          <dd className="tnum text-lg font-semibold whitespace-nowrap">{total.value}</dd>
        </div>
      ))}
    </dl>
  );
}
