import type { PipelineAction } from '@sealane/contracts/api/pipelines';
import type { DesiredState } from '@sealane/contracts/pipeline-state';
import { findPipeline, type PipelineRow, setDesiredState } from '@sealane/db/repositories/pipelines';
import { writeUnheldStatus } from '@sealane/db/repositories/runtime';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { Actor } from '../auth/actor.ts';
import { notFound } from '../http/not-found.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services.ts';
import { notifyWorkers, recordAction } from './notify.ts';

/** What is wanted of a pipeline; `restart` also of one that already does it. */
export interface Wish {
  desiredState: DesiredState;
  restart: boolean;
}

/**
 * Stores what is wanted and tells the worker. The answer shows what is so now; the change arrives live. Throws
 * `NOT_FOUND`, `ACTION_NOT_POSSIBLE`.
 */
export async function actOnPipeline(
  services: Services,
  request: { id: string; action: PipelineAction },
  { actor, log }: { actor: Actor; log: Log },
): Promise<PipelineRow> {
  const { id, action } = request;
  const before = await findPipeline(services.database, id);
  if (before === null) throw notFound('pipeline', id);
  return applyWish(services, { id, wish: wishOf(action, before), verb: action }, { actor, log });
}

/** The same for a wish in any state. Throws `NOT_FOUND`. */
export async function applyWish(
  services: Services,
  { id, wish, verb }: { id: string; wish: Wish; verb: string },
  { actor, log }: { actor: Actor; log: Log },
): Promise<PipelineRow> {
  if ((await setDesiredState(services.database, id, wish)) === null) throw notFound('pipeline', id);
  await writeUnheldStatus(services.database, id, wish.desiredState === 'stopped' ? 'stopped' : 'pending');
  const event = await recordAction(services, {
    pipelineId: id,
    actor,
    type: 'action.requested',
    message: `Asked to ${verb}`,
  });
  const row = await findPipeline(services.database, id);
  if (row === null) throw notFound('pipeline', id);
  await notifyWorkers(services, { row, event, log });
  return row;
}

function wishOf(action: PipelineAction, { desiredState }: PipelineRow): Wish {
  switch (action) {
    case 'start':
      return { desiredState: 'running', restart: desiredState === 'running' };
    case 'restart':
      return { desiredState: 'running', restart: true };
    case 'stop':
      return { desiredState: 'stopped', restart: false };
    case 'pause':
      if (desiredState === 'stopped') throw notPossible(action, 'It is stopped; start it first.');
      return { desiredState: 'paused', restart: false };
    case 'resume':
      if (desiredState === 'stopped') throw notPossible(action, 'It is stopped; start it instead.');
      return { desiredState: 'running', restart: false };
  }
}

function notPossible(action: PipelineAction, remedy: string): SealaneError {
  return new SealaneError({
    code: 'ACTION_NOT_POSSIBLE',
    message: `The pipeline cannot ${action} now.`,
    why: 'A stopped pipeline has no process.',
    remedy,
  });
}
