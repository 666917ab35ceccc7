'use client';

import type { PipelineListItem } from '@sealane/contracts/api/pipelines';
import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { formatDuration } from '../../components/format/numbers.ts';
import { Panel } from '../../components/ui/panel.tsx';
import { RelativeTime } from '../../components/ui/time-text.tsx';
import { StateBadge } from '../pipelines/state-badge.tsx';

/** Lag above which a running pipeline is named here, milliseconds. */
const LATE_MS = 10_000;

function reasonOf(row: PipelineListItem): string | null {
  const { state, reason } = row.status;
  if (state === 'failed' || state === 'waiting') return reason?.message ?? 'No reason was reported';
  if (row.sample?.waitingFor && state === 'running') return row.sample.waitingFor.message;
  const lag = row.sample?.lag.totalMs ?? 0;
  return state === 'running' && lag > LATE_MS ? `${formatDuration(lag)} behind the source` : null;
}

interface AttentionProps {
  rows: readonly PipelineListItem[];
  workers: number | null;
  pending: boolean;
}

/** What needs a person: failed and waiting pipelines, late ones, and no worker at all. Says so when there is nothing. */
export function Attention({ rows, workers, pending }: AttentionProps) {
  const wanted = rows.filter((row) => row.desiredState === 'running');
  const items = rows.flatMap((row) => {
    const reason = reasonOf(row);
    return reason === null ? [] : [{ row, reason }];
  });
  items.sort((a, b) => Number(b.row.status.state === 'failed') - Number(a.row.status.state === 'failed'));
  const noWorker = workers === 0 && wanted.length > 0;
  if (pending) return <div className="skeleton h-11 rounded-lg" />;
  if (rows.length === 0) return null;
  if (items.length === 0 && !noWorker) {
    return (
      <div className="flex min-h-11 items-center gap-2 rounded-lg border bg-surface px-3.5 text-sm text-ink-2">
        <CircleCheck aria-hidden className="size-4 text-ok" />
        Nothing needs attention.
      </div>
    );
  }
  return (
    <Panel title="Needs attention" flush>
      <ul className="divide-y divide-line">
        {noWorker ? (
          <li className="px-3.5 py-2.5 text-sm">
            <Link href="/settings/workers" className="font-medium text-bad hover:underline">
              No worker is alive
            </Link>
            <span className="text-ink-2">: pipelines stay pending until one starts.</span>
          </li>
        ) : null}
        {items.map(({ row, reason }) => (
          <li key={row.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3.5 py-2">
            <StateBadge state={row.status.state} />
            <Link href={`/pipelines/${row.id}`} className="text-sm font-medium hover:text-accent">
              {row.name}
            </Link>
            <span className="min-w-0 flex-1 basis-64 text-sm break-words text-ink-2">{reason}</span>
            <span className="text-xs text-ink-3">
              <RelativeTime at={row.status.since} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
