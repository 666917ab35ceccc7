'use client';

import type { PipelineStatus } from '@sealane/contracts/pipeline-state';
import { formatRelative } from '../../components/format/time.ts';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { useNow } from '../frame/clock.tsx';

/** Why a pipeline waits or failed, for as long as it does. */
export function ReasonPanel({ status }: { status: PipelineStatus }) {
  const now = useNow(1000);
  if (status.reason === null) return null;
  const waiting = status.state !== 'failed';
  const next = status.nextAttemptAt === null ? null : Date.parse(status.nextAttemptAt);
  const since = formatRelative(Date.parse(status.since), now);
  return (
    <ErrorPanel error={status.reason} tone={waiting ? 'wait' : 'bad'} className="tnum">
      <p className="text-xs text-ink-2">
        {waiting ? `Since ${since}` : `Failed ${since}`}
        {status.attempt > 0 ? ` · attempt ${status.attempt}` : ''}
        {next !== null ? ` · next try ${next <= now ? 'now' : formatRelative(next, now)}` : ''}
        {waiting ? ' · it goes on by itself once the cause is gone' : ''}
      </p>
    </ErrorPanel>
  );
}
