/** Runs one pipeline as long as it should run: carries out what `supervision.ts` decides. */
import type { PipelineReport, PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { toSealaneError } from '@sealane/errors/sealane-error';
import type { Logger } from 'pino';
import type { PipelineProcess, ProcessOptions } from './pipeline-process.ts';
import type { PipelineReporter } from './pipeline-reporter.ts';
import { sameStatus } from './shown-status.ts';
import { beginSupervision, type Inherited, transition } from './supervision.ts';
import type {
  Effect,
  Ending,
  Supervision,
  SupervisionEvent,
  SupervisionLimits,
  Wanted,
} from './supervision-state.ts';

/** A pipeline as its worker needs it. */
export interface LoadedPipeline {
  wanted: Wanted;
  /** When somebody last changed it. */
  changedAt: Date;
  /** Unseals the secrets. @throws SealaneError when a key is missing */
  spec(): PipelineRunSpec;
}

export interface SuperviseOptions {
  /** Reads the truth; null when the pipeline was deleted. May reject while Postgres is away. */
  load(): Promise<LoadedPipeline | null>;
  /** What an earlier worker left, judged by when the pipeline was last changed; null when there is nothing. */
  inherit(): Promise<((changedAt: Date) => Inherited) | null>;
  spawn(options: Pick<ProcessOptions, 'onReport' | 'onExit'>): PipelineProcess;
  reporter: PipelineReporter;
  /** Milliseconds for which a new process may run before it must hear of the lease again. */
  leaseRemainingMs(): number;
  limits: SupervisionLimits;
  /** Milliseconds between looks at the truth, for the case that a message was lost. */
  lookMs: number;
  log: Logger;
}

const DELETED: Wanted = { desired: 'deleted', revision: 'deleted' };

/** The supervisor of one pipeline. All calls are legal at any time; after the end they do nothing. */
export class PipelineSupervisor {
  readonly #options: SuperviseOptions;
  #resolve: (ending: Ending) => void = () => undefined;
  #ending: Ending | null = null;
  #state: Supervision | null = null;
  #latest: LoadedPipeline | null = null;
  #process: PipelineProcess | null = null;
  #queue: SupervisionEvent[] = [];
  #dispatching = false;
  #looking = false;
  #lookAgain = false;

  constructor(options: SuperviseOptions) {
    this.#options = options;
  }

  /** Resolves when the pipeline is not this worker's business any more and its process is gone. */
  async run(): Promise<Ending> {
    const ended = new Promise<Ending>((resolve) => {
      this.#resolve = resolve;
    });
    const ticks = setInterval(() => this.#dispatch({ on: 'tick' }), 1_000);
    const looks = setInterval(() => this.look(), this.#options.lookMs);
    this.look();
    try {
      return await ended;
    } finally {
      clearInterval(ticks);
      clearInterval(looks);
    }
  }

  /** Somebody may have changed something: reads the truth and acts on it. */
  look(): void {
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = true;
    this.#readTruth()
      .catch((error: unknown) =>
        this.#options.log.warn({ err: error }, 'the pipeline could not be read; trying on'),
      )
      .finally(() => {
        this.#looking = false;
        if (!this.#lookAgain) return;
        this.#lookAgain = false;
        this.look();
      });
  }

  /** The worker ends: stops the process and gives the pipeline back. */
  shutdown(): void {
    this.#dispatch({ on: 'shutdown' });
  }

  leaseRenewed(validForMs: number): void {
    this.#process?.send({ kind: 'lease', validForMs: Math.max(1, Math.floor(validForMs)) });
  }

  /** Kills the process at once; `run` resolves when it is gone. */
  leaseLost(): void {
    this.#options.reporter.close();
    this.#dispatch({ on: 'lease-lost' });
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  async #readTruth(): Promise<void> {
    const inherit = this.#state === null ? await this.#options.inherit() : null;
    const loaded = await this.#options.load();
    if (this.#ending !== null) return;
    if (loaded !== null) this.#latest = loaded;
    const wanted = loaded?.wanted ?? DELETED;
    if (this.#state === null) {
      this.#state = beginSupervision(wanted, loaded === null ? null : (inherit?.(loaded.changedAt) ?? null));
      this.#options.reporter.status(this.#state.status);
    }
    this.#dispatch({ on: 'wanted', wanted });
  }

  /** Events that come while one is handled wait their turn, so that each decision sees a settled state. */
  #dispatch(event: SupervisionEvent): void {
    this.#queue.push(event);
    if (this.#dispatching) return;
    this.#dispatching = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#decide(next);
    this.#dispatching = false;
  }

  #decide(event: SupervisionEvent): void {
    const before = this.#state;
    if (before === null) {
      if (event.on === 'shutdown') this.#finish('requeue');
      if (event.on === 'lease-lost') this.#finish('lost');
      return;
    }
    const moment = { now: Date.now(), random: Math.random(), limits: this.#options.limits };
    const { state, effects } = transition(before, event, moment);
    this.#state = state;
    if (!sameStatus(before.status, state.status)) this.#options.reporter.status(state.status);
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case 'spawn':
        this.#spawn(effect.paused);
        break;
      case 'send':
        this.#process?.send({ kind: effect.command });
        break;
      case 'kill':
        this.#process?.kill();
        break;
      case 'note':
        this.#tell(effect);
        break;
      case 'finish':
        this.#finish(effect.ending);
        break;
    }
  }

  #tell({ note }: Extract<Effect, { do: 'note' }>): void {
    this.#options.reporter.note(note);
    const level = note.level === 'error' ? 'error' : note.level === 'warn' ? 'warn' : 'info';
    this.#options.log[level]({ event: note.type, error: note.error }, note.message);
  }

  #spawn(paused: boolean): void {
    try {
      const spec = this.#latest?.spec();
      if (spec === undefined) throw new Error('a pipeline was to start before it was read');
      const process = this.#options.spawn({
        onReport: (report) => this.#reported(report),
        onExit: (exit) => {
          this.#process = null;
          this.#dispatch({ on: 'exit', exit });
          if (this.#ending !== null) this.#resolve(this.#ending);
        },
      });
      this.#process = process;
      this.leaseRenewed(this.#options.leaseRemainingMs());
      process.send({ kind: 'start', spec, paused });
    } catch (error) {
      const report = toSealaneError(error).toReport();
      const plain = { ...report, fields: [...report.fields], details: { ...report.details } };
      this.#dispatch({ on: 'unstartable', error: plain });
    }
  }

  #reported(report: PipelineReport): void {
    switch (report.kind) {
      case 'state':
        this.#dispatch({ on: 'state', state: report.state });
        break;
      case 'sample':
        this.#options.reporter.sample(report.sample);
        this.#dispatch({ on: 'sample', waitingFor: report.sample.waitingFor });
        break;
      case 'event': {
        const { level, type, message, error } = report;
        this.#tell({ do: 'note', note: { level, type, message, error } });
        break;
      }
      case 'ended':
        this.#dispatch({ on: 'ended', outcome: { completed: report.completed, error: report.error } });
        break;
    }
  }

  /** A killed process is waited for: nobody may start the pipeline beside it. */
  #finish(ending: Ending): void {
    this.#ending = ending;
    if (this.#process === null) this.#resolve(ending);
  }
}
