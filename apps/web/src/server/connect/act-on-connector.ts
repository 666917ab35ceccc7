import type { ConnectorRow } from '@sealane/db/repositories/connectors';
import type { PipelineRow } from '@sealane/db/repositories/pipelines';
import { applyWish } from '../pipelines/act-on-pipeline.ts';
import type { ConnectCall } from './connect-call.ts';

const WISHES = { pause: 'paused', resume: 'running', stop: 'stopped' } as const;
export type ConnectorAction = keyof typeof WISHES;

/** Pauses, resumes or stops, from any state as Connect does: resuming a stopped connector starts it. */
export async function actOnConnector(
  call: ConnectCall,
  { pipeline }: ConnectorRow,
  action: ConnectorAction,
): Promise<void> {
  const desiredState = WISHES[action];
  if (pipeline.desiredState === desiredState) return;
  await applyWish(
    call.services,
    { id: pipeline.id, wish: { desiredState, restart: false }, verb: action },
    call,
  );
}

/**
 * Restarts the process of a connector that is to run; false when there is none to restart, or nothing failed and
 * only that was asked for. A paused or stopped connector stays so.
 */
export async function restartConnector(
  call: ConnectCall,
  { pipeline }: ConnectorRow,
  { onlyFailed }: { onlyFailed: boolean },
): Promise<{ restarted: boolean; pipeline: PipelineRow }> {
  const { state } = pipeline.status;
  const hasFailed = state === 'failed' || state === 'waiting';
  if (pipeline.desiredState !== 'running' || (onlyFailed && !hasFailed))
    return { restarted: false, pipeline };
  const wish = { desiredState: pipeline.desiredState, restart: true };
  return {
    restarted: true,
    pipeline: await applyWish(call.services, { id: pipeline.id, wish, verb: 'restart' }, call),
  };
}
