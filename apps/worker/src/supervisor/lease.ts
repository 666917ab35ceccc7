/**
 * The lease of a pipeline: a row in Postgres whose epoch grows with each owner. Who holds it may run the
 * pipeline and write its status; who cannot renew it stops before anybody else may begin.
 */
import type { Logger } from 'pino';

/** Where leases are kept; each call may reject while Postgres is away. */
export interface LeaseStore {
  /** Takes a lease that is free or expired. Null: someone holds it. */
  acquire(pipelineId: string, ttlMs: number): Promise<number | null>;
  /** Legal with an epoch from `acquire`. False: it has another owner by now, or the pipeline is gone. */
  renew(pipelineId: string, lease: { epoch: number; ttlMs: number }): Promise<boolean>;
  /** Gives it up, so that the next owner need not wait. No effect when it is not ours any more. */
  release(pipelineId: string, epoch: number): Promise<void>;
}

export interface LeaseTiming {
  /** Milliseconds that a lease lives without renewal; the least time until another worker takes over. */
  ttlMs: number;
  /** Milliseconds between renewals. */
  renewMs: number;
  /** Milliseconds between attempts to get a lease that someone else holds. */
  retryMs: number;
}

export const DEFAULT_LEASE_TIMING: LeaseTiming = { ttlMs: 9_000, renewMs: 2_000, retryMs: 300 };

const CHECK_MS = 500;

export interface HeldLease {
  readonly epoch: number;
  /** Milliseconds that it surely lasts from now on; what the pipeline process is told. */
  remainingMs(): number;
  /** Stops renewing and gives the lease up. */
  release(): Promise<void>;
}

export interface HoldOptions {
  store: LeaseStore;
  pipelineId: string;
  timing: LeaseTiming;
  /** True while BullMQ's lock on the job is surely ours: then nobody else was given the pipeline. */
  jobLockHeld(): boolean;
  onRenewed(validForMs: number): void;
  /** Called once. Nothing may be written or run for the pipeline from here on. */
  onLost(reason: string): void;
  log: Logger;
}

/**
 * Takes the lease and renews it until it is released or lost; null when someone else holds it. While Postgres
 * is away the lease lives on as long as the job's lock does: another worker needs both, and cannot get either.
 */
export async function holdLease(options: HoldOptions): Promise<HeldLease | null> {
  const { store, pipelineId, timing, log } = options;
  const asked = performance.now();
  let renewAt = asked + timing.renewMs;
  const epoch = await store.acquire(pipelineId, timing.ttlMs);
  if (epoch === null) return null;
  let validUntil = asked + timing.ttlMs;
  let over = false;
  let troubled = false;

  const lose = (reason: string): void => {
    if (over) return;
    over = true;
    clearInterval(timer);
    options.onLost(reason);
  };
  const prolong = (from: number): void => {
    validUntil = from + timing.ttlMs;
    if (!over) options.onRenewed(validUntil - performance.now());
  };
  const renew = async (): Promise<void> => {
    const now = performance.now();
    try {
      const renewed = await store.renew(pipelineId, { epoch, ttlMs: timing.ttlMs });
      troubled = false;
      renewAt = now + timing.renewMs;
      if (renewed) prolong(now);
      else lose('another worker holds the lease, or the pipeline was deleted');
    } catch (error) {
      if (!troubled) log.warn({ err: error, pipelineId }, 'the lease could not be renewed; trying on');
      troubled = true;
      if (options.jobLockHeld()) prolong(now);
    }
  };
  let renewing = false;
  const timer = setInterval(() => {
    if (over) return;
    const now = performance.now();
    if (now >= validUntil && !options.jobLockHeld()) {
      lose('it could not be renewed in time');
      return;
    }
    if (renewing || now < renewAt) return;
    renewing = true;
    void renew().finally(() => {
      renewing = false;
    });
  }, CHECK_MS);

  return {
    epoch,
    remainingMs: () => Math.max(1, validUntil - performance.now()),
    async release() {
      if (over) return;
      over = true;
      clearInterval(timer);
      await store.release(pipelineId, epoch);
    },
  };
}
