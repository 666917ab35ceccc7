import type { PipelineEvent } from '@sealane/contracts/live';
import { insertEvent } from '@sealane/db/repositories/events';
import type { PipelineRow } from '@sealane/db/repositories/pipelines';
import { requestLook } from '@sealane/jobs/control';
import { type Actor, actorLabel } from '../auth/actor.ts';
import { withDeadline } from '../deadline.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services.ts';

const NOTIFY_MS = 2000;

/** Notes in the pipeline's events log what a person or program asked for. */
export async function recordAction(
  services: Services,
  action: { pipelineId: string; actor: Actor; type: string; message: string },
): Promise<PipelineEvent | null> {
  const { pipelineId, actor, type, message } = action;
  return insertEvent(services.database, {
    pipelineId,
    level: 'info',
    type,
    message,
    actor: actorLabel(actor),
  });
}

/**
 * Tells workers and watchers at once. Only for speed: the wish stands in Postgres, and workers reconcile every few
 * seconds, so that nothing is lost when Redis is away.
 */
export async function notifyWorkers(
  services: Services,
  notice: { row: PipelineRow; event: PipelineEvent | null; log: Log },
): Promise<void> {
  const { row, event, log } = notice;
  const tell = async () => {
    if (row.desiredState !== 'stopped') await services.queue.ensure(row.id);
    await requestLook(services, row.id);
    await services.publisher.status(row.id, row.status);
    if (event !== null) await services.publisher.event(event);
  };
  await bestEffort(tell(), log);
}

/** The same for a pipeline that is gone. */
export async function notifyRemoved(services: Services, pipelineId: string, log: Log): Promise<void> {
  const tell = async () => {
    await requestLook(services, pipelineId);
    await services.queue.remove(pipelineId);
    await services.publisher.drop(pipelineId);
  };
  await bestEffort(tell(), log);
}

async function bestEffort(work: Promise<void>, log: Log): Promise<void> {
  const onMiss = (err: unknown) =>
    log.warn({ err }, 'workers could not be told; they will see it when they reconcile');
  await withDeadline(work, { ms: NOTIFY_MS, fallback: undefined, onMiss });
}
