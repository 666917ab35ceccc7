/** The pipelines that this worker runs: one supervisor each, under job lock and lease. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type HeldLease, holdLease, type LeaseStore, type LeaseTiming } from './lease.ts';
import type { PipelineReporter } from './pipeline-reporter.ts';
import { type LoadedPipeline, PipelineSupervisor, type SuperviseOptions } from './pipeline-supervisor.ts';
import type { Ending } from './supervision-state.ts';

/** The delivery of a pipeline to this worker. */
export interface Delivery {
  /** Aborted when the job's lock was lost: the pipeline may have been given to another worker. */
  signal: AbortSignal;
  /** True while the lock is surely ours. */
  lockHeld(): boolean;
}

export interface PipelineRunsOptions {
  leases: LeaseStore;
  timing: LeaseTiming;
  load(pipelineId: string): Promise<LoadedPipeline | null>;
  inherit(pipelineId: string): ReturnType<SuperviseOptions['inherit']>;
  spawn(pipelineId: string): SuperviseOptions['spawn'];
  /** A reporter that writes under this lease. */
  reporter(pipelineId: string, epoch: number): PipelineReporter;
  limits: SuperviseOptions['limits'];
  lookMs: number;
  /** Milliseconds that the last reports of a pipeline may take to be written. */
  flushMs: number;
  log: Logger;
}

interface Run {
  supervisor: PipelineSupervisor | null;
  ended: Promise<Ending>;
}

/** `run` may be called until `shutdown`; the rest at any time. */
export class PipelineRuns {
  readonly #options: PipelineRunsOptions;
  readonly #runs = new Map<string, Run>();
  readonly #closing = new AbortController();

  constructor(options: PipelineRunsOptions) {
    this.#options = options;
  }

  /** Number of pipelines that this worker has. */
  get size(): number {
    return this.#runs.size;
  }

  /** Process ids of the running pipelines, by pipeline. */
  pids(): Map<string, number> {
    const pids = new Map<string, number>();
    for (const [id, run] of this.#runs) {
      const pid = run.supervisor?.pid;
      if (pid !== undefined) pids.set(id, pid);
    }
    return pids;
  }

  /**
   * Runs a pipeline for as long as it is wanted and ours. A second delivery of one that is still here (its
   * first lock was lost) waits until the first has let go.
   */
  async run(pipelineId: string, delivery: Delivery): Promise<Ending> {
    await this.#runs.get(pipelineId)?.ended;
    if (this.#closing.signal.aborted) return 'requeue';
    const run: Run = { supervisor: null, ended: Promise.resolve('done') };
    this.#runs.set(pipelineId, run);
    run.ended = this.#own({ pipelineId, run, delivery }).finally(() => {
      if (this.#runs.get(pipelineId) === run) this.#runs.delete(pipelineId);
    });
    return run.ended;
  }

  /** Somebody changed the pipeline. */
  look(pipelineId: string): void {
    this.#runs.get(pipelineId)?.supervisor?.look();
  }

  /** Stops every process, gives every lease back; each `run` ends with `requeue`. */
  async shutdown(): Promise<void> {
    this.#closing.abort();
    for (const run of this.#runs.values()) run.supervisor?.shutdown();
    await Promise.allSettled([...this.#runs.values()].map((run) => run.ended));
  }

  async #own(owned: { pipelineId: string; run: Run; delivery: Delivery }): Promise<Ending> {
    const { pipelineId, run, delivery } = owned;
    const { timing } = this.#options;
    const halt = AbortSignal.any([delivery.signal, this.#closing.signal]);
    while (!halt.aborted) {
      const lease = await this.#lease(owned);
      if (lease !== null) return this.#supervise({ pipelineId, run, delivery, lease });
      if ((await this.#options.load(pipelineId)) === null) return 'done';
      await sleep(timing.retryMs, null, { signal: halt }).catch(() => null);
    }
    return 'requeue';
  }

  async #lease({
    pipelineId,
    run,
    delivery,
  }: {
    pipelineId: string;
    run: Run;
    delivery: Delivery;
  }): Promise<HeldLease | null> {
    const { leases: store, timing, log } = this.#options;
    return holdLease({
      store,
      pipelineId,
      timing,
      jobLockHeld: () => delivery.lockHeld(),
      onRenewed: (validForMs) => run.supervisor?.leaseRenewed(validForMs),
      onLost: (reason) => {
        log.warn({ pipelineId, reason }, 'lost the lease of a pipeline; its process is killed');
        run.supervisor?.leaseLost();
      },
      log,
    });
  }

  async #supervise(owned: {
    pipelineId: string;
    run: Run;
    delivery: Delivery;
    lease: HeldLease;
  }): Promise<Ending> {
    const { pipelineId, run, delivery, lease } = owned;
    const { load, inherit, spawn, limits, lookMs, flushMs } = this.#options;
    const log = this.#options.log.child({ pipelineId, epoch: lease.epoch });
    const reporter = this.#options.reporter(pipelineId, lease.epoch);
    const supervisor = new PipelineSupervisor({
      load: () => load(pipelineId),
      inherit: () => inherit(pipelineId),
      spawn: spawn(pipelineId),
      reporter,
      leaseRemainingMs: () => lease.remainingMs(),
      limits,
      lookMs,
      log,
    });
    run.supervisor = supervisor;
    const handOver = (): void => supervisor.shutdown();
    delivery.signal.addEventListener('abort', handOver);
    log.info('took a pipeline');
    const running = supervisor.run();
    if (delivery.signal.aborted || this.#closing.signal.aborted) handOver();
    try {
      const ending = await running;
      await reporter.flush(flushMs);
      log.info({ ending }, 'let go of a pipeline');
      return ending;
    } finally {
      delivery.signal.removeEventListener('abort', handOver);
      reporter.close();
      await lease.release();
    }
  }
}
