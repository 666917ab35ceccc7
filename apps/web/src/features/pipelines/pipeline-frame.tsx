'use client';

import { useQuery } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useMemo } from 'react';
import { Button, ButtonLink } from '../../components/ui/button.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { TabsNav } from '../../components/ui/tabs-nav.tsx';
import { queries } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';
import { StreamNote } from '../frame/stream-note.tsx';
import { Lane } from './lane.tsx';
import { PipelineActions } from './pipeline-actions.tsx';
import { PipelineProvider, type PipelineView } from './pipeline-context.tsx';
import { ReasonPanel } from './reason-panel.tsx';
import { StateBadge } from './state-badge.tsx';
import { usePipelineLive } from './use-pipeline-live.ts';

function tabsOf(id: string) {
  const base = `/pipelines/${id}`;
  return [
    { href: base, label: 'Overview' },
    { href: `${base}/tables`, label: 'Tables' },
    { href: `${base}/schema`, label: 'Schema' },
    { href: `${base}/messages`, label: 'Messages' },
    { href: `${base}/logs`, label: 'Logs' },
    { href: `${base}/configuration`, label: 'Configuration' },
  ];
}

/** What all tabs of one pipeline share: name, state, actions, the lane and the reason when something is wrong. */
export function PipelineFrame({ id, children }: { id: string; children: ReactNode }) {
  const result = useQuery({
    ...queries.pipelines.get.queryOptions({ input: { id } }),
    refetchInterval: 15_000,
  });
  const live = usePipelineLive(id);
  const router = useRouter();
  const pathname = usePathname();
  const view = useMemo<PipelineView | null>(() => {
    if (result.data === undefined) return null;
    return {
      pipeline: result.data,
      status: live.status ?? result.data.status,
      live: { ...live, sample: live.sample ?? result.data.sample },
    };
  }, [result.data, live]);
  if (view === null) {
    return result.isError ? (
      <NotShown error={result.error} onRetry={() => void result.refetch()} />
    ) : (
      <FrameSkeleton />
    );
  }
  const openChart = () => {
    if (pathname !== `/pipelines/${id}`) router.push(`/pipelines/${id}#charts`);
    else document.getElementById('charts')?.scrollIntoView({ behavior: 'smooth', block: 'start' });
  };
  const { pipeline, status } = view;
  return (
    <PipelineProvider value={view}>
      <div className="flex flex-1 flex-col gap-4">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{pipeline.name}</h1>
            <StateBadge state={status.state} />
            <StreamNote state={live.stream} />
          </div>
          <PipelineActions pipeline={pipeline} status={status} />
        </div>
        <ReasonPanel status={status} />
        <Lane
          pipeline={pipeline}
          sample={view.live.sample}
          status={status}
          receivedAt={live.receivedAt}
          onPick={openChart}
        />
        <div className="border-b">
          <TabsNav label="Pipeline" tabs={tabsOf(id)} />
        </div>
        {children}
      </div>
    </PipelineProvider>
  );
}

function NotShown({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const problem = toProblem(error);
  if (problem.status === 404) {
    return (
      <EmptyState
        title="This pipeline does not exist"
        action={<ButtonLink href="/pipelines">All pipelines</ButtonLink>}
      >
        It was deleted, or the address is wrong.
      </EmptyState>
    );
  }
  return (
    <ErrorPanel
      error={problem}
      actions={
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      }
    />
  );
}

function FrameSkeleton() {
  return (
    <div className="space-y-4" aria-busy="true">
      <h1 className="sr-only">Loading pipeline</h1>
      <div className="flex h-8 items-center gap-3">
        <div className="skeleton h-6 w-48" />
        <div className="skeleton h-5 w-20" />
      </div>
      <div className="skeleton h-29" />
      <div className="skeleton h-9 w-96 max-w-full" />
      <div className="skeleton h-72" />
    </div>
  );
}
