import {
  errorReportSchema,
  type PipelineStatus,
  type RuntimeState,
  runtimeStateSchema,
} from '@sealane/contracts/pipeline-state';
import type { ErrorReport } from '@sealane/errors/sealane-error';
import type { Database } from '../database.ts';
import type { PipelineRuntime } from '../generated/client.ts';

/** What the holder of a lease reports. */
export interface StatusWrite {
  state: RuntimeState;
  reason: ErrorReport | null;
  attempt: number;
  nextAttemptAt: Date | null;
}

/**
 * Takes the lease of a pipeline when it is free, expired, or this worker's already, and returns its new epoch;
 * null when another worker holds it or the pipeline is gone. What the last owner was doing is over: the state becomes
 * `pending` unless it is one that lasts. Times are Postgres's, so that clocks need not agree.
 */
export async function acquireLease(
  database: Database,
  lease: { pipelineId: string; workerId: string; ttlMs: number },
): Promise<number | null> {
  const { pipelineId, workerId, ttlMs } = lease;
  const rows = await database.prisma.$queryRaw<{ lease_epoch: number }[]>`
    INSERT INTO pipeline_runtime AS r (pipeline_id, state, since, worker_id, lease_epoch, lease_expires_at)
    SELECT id, 'pending', now(), ${workerId}, 1, now() + ${ttlMs} * interval '1 millisecond'
    FROM pipeline WHERE id = ${pipelineId}
    ON CONFLICT (pipeline_id) DO UPDATE SET
      worker_id = ${workerId},
      since = CASE WHEN r.state IN ('failed', 'completed', 'stopped', 'pending') THEN r.since ELSE now() END,
      state = CASE WHEN r.state IN ('failed', 'completed', 'stopped') THEN r.state ELSE 'pending' END,
      lease_epoch = r.lease_epoch + 1,
      lease_expires_at = now() + ${ttlMs} * interval '1 millisecond'
    WHERE r.lease_expires_at IS NULL OR r.lease_expires_at < now() OR r.worker_id = ${workerId}
    RETURNING lease_epoch`;
  return rows[0]?.lease_epoch ?? null;
}

/** Lengthens the lease. False: it was taken over, or the pipeline was deleted; stop at once. */
export async function renewLease(
  database: Database,
  lease: { pipelineId: string; epoch: number; ttlMs: number },
): Promise<boolean> {
  const count = await database.prisma.$executeRaw`
    UPDATE pipeline_runtime SET lease_expires_at = now() + ${lease.ttlMs} * interval '1 millisecond'
    WHERE pipeline_id = ${lease.pipelineId} AND lease_epoch = ${lease.epoch} AND worker_id IS NOT NULL`;
  return count > 0;
}

/** Frees the lease for the next worker. Without effect when the epoch has passed. */
export async function releaseLease(
  database: Database,
  lease: { pipelineId: string; epoch: number },
): Promise<void> {
  await database.prisma.pipelineRuntime.updateMany({
    where: { pipelineId: lease.pipelineId, leaseEpoch: lease.epoch },
    data: { workerId: null, leaseExpiresAt: null },
  });
}

/**
 * Writes the status as the holder of the lease and returns it as stored; null when the epoch has passed: then
 * nothing was written. `since` moves only when the state changes.
 */
export async function writeStatus(
  database: Database,
  lease: { pipelineId: string; epoch: number },
  status: StatusWrite,
): Promise<PipelineStatus | null> {
  const reason = status.reason === null ? null : JSON.stringify(status.reason);
  const count = await database.prisma.$executeRaw`
    UPDATE pipeline_runtime SET
      since = CASE WHEN state = ${status.state} THEN since ELSE now() END,
      state = ${status.state}, reason = ${reason}::jsonb, attempt = ${status.attempt},
      next_attempt_at = ${status.nextAttemptAt}
    WHERE pipeline_id = ${lease.pipelineId} AND lease_epoch = ${lease.epoch} AND worker_id IS NOT NULL`;
  return count === 0 ? null : readStatus(database, lease.pipelineId);
}

/**
 * Writes `pending` or `stopped` where no worker holds the pipeline: what a person's wish shows until a worker
 * takes it up. Null when one does hold it; the worker reports for itself then.
 */
export async function writeUnheldStatus(
  database: Database,
  pipelineId: string,
  state: 'pending' | 'stopped' | 'paused',
): Promise<PipelineStatus | null> {
  const count = await database.prisma.$executeRaw`
    UPDATE pipeline_runtime SET
      since = CASE WHEN state = ${state} THEN since ELSE now() END,
      state = ${state}, reason = NULL, attempt = 0, next_attempt_at = NULL
    WHERE pipeline_id = ${pipelineId} AND (lease_expires_at IS NULL OR lease_expires_at < now())`;
  return count === 0 ? null : readStatus(database, pipelineId);
}

/** Null when there is no such pipeline. */
export async function readStatus(database: Database, pipelineId: string): Promise<PipelineStatus | null> {
  const row = await database.prisma.pipelineRuntime.findUnique({ where: { pipelineId } });
  return row === null ? null : statusFromRow(row, row.since);
}

/** The public form of a status row; a pipeline that no worker ever had is `pending`. */
export function statusFromRow(row: PipelineRuntime | null, createdAt: Date): PipelineStatus {
  return {
    state: row === null ? 'pending' : runtimeStateSchema.parse(row.state),
    since: (row?.since ?? createdAt).toISOString(),
    reason: row?.reason == null ? null : errorReportSchema.parse(row.reason),
    attempt: row?.attempt ?? 0,
    nextAttemptAt: row?.nextAttemptAt?.toISOString() ?? null,
    workerId: row?.workerId ?? null,
  };
}
