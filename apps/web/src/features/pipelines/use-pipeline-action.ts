'use client';

import type { PipelineAction } from '@sealane/contracts/api/pipelines';
import type { PipelineStatus, RuntimeState } from '@sealane/contracts/pipeline-state';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { formatDuration } from '../../components/format/numbers.ts';
import { queries } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';

interface Pending {
  action: PipelineAction;
  at: number;
  /** The state's own start when the action was asked for: a later one proves that something moved. */
  since: string;
}

const goals: Record<PipelineAction, readonly RuntimeState[]> = {
  start: ['running', 'snapshotting', 'completed'],
  resume: ['running', 'snapshotting', 'completed'],
  restart: ['running', 'snapshotting', 'completed'],
  stop: ['stopped', 'completed'],
  pause: ['paused'],
};

const done: Record<PipelineAction, string> = {
  start: 'Started',
  resume: 'Resumed',
  restart: 'Restarted',
  stop: 'Stopped',
  pause: 'Paused',
};

/** How long an action may take before the console says that it is still not done. */
const PATIENCE_MS = 60_000;

function outcome(pending: Pending, status: PipelineStatus): 'done' | 'failed' | null {
  if (pending.action === 'restart' && status.since === pending.since) return null;
  if (goals[pending.action].includes(status.state)) return 'done';
  const moved = status.since !== pending.since;
  return moved && (status.state === 'failed' || (status.state === 'waiting' && pending.action !== 'stop'))
    ? 'failed'
    : null;
}

/** Asks for an action and follows it until the worker reports its outcome. */
export function usePipelineAction(id: string, status: PipelineStatus) {
  const client = useQueryClient();
  const [pending, setPending] = useState<Pending | null>(null);
  const mutation = useMutation(queries.pipelines.act.mutationOptions());
  const refresh = () => void client.invalidateQueries({ queryKey: queries.pipelines.key() });

  const result = pending === null ? null : outcome(pending, status);
  // biome-ignore lint/correctness/useExhaustiveDependencies: reacts to the outcome alone.
  useEffect(() => {
    if (pending === null || result === null) return;
    const took = formatDuration(Date.now() - pending.at);
    if (result === 'done') toast.success(`${done[pending.action]} in ${took}`);
    else
      toast.error(`Could not ${pending.action}`, {
        description: status.reason?.message ?? 'The reason stands on the page.',
      });
    setPending(null);
    refresh();
  }, [result]);

  useEffect(() => {
    if (pending === null) return;
    const timer = setTimeout(() => {
      toast.warning(`Asked to ${pending.action} a minute ago, not done yet`, {
        description: 'Is a worker alive? Settings → Workers lists them.',
      });
      setPending(null);
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [pending]);

  const act = (action: PipelineAction) => {
    setPending({ action, at: Date.now(), since: status.since });
    mutation.mutate(
      { id, action },
      {
        onSuccess: refresh,
        onError: (error) => {
          const problem = toProblem(error);
          setPending(null);
          toast.error(`Could not ${action}: ${problem.message}`, {
            description: problem.remedy ?? problem.code,
          });
        },
      },
    );
  };
  return { act, pending: pending?.action ?? null };
}
