import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PipelineSample } from '@sealane/contracts/live';
import { toSealaneError } from '@sealane/errors/sealane-error';
import { PauseGate } from './change/pause-gate.ts';
import { kafkaConnection } from './connections.ts';
import { FlowMeter } from './live/flow-meter.ts';
import { Sampler } from './live/sampler.ts';
import { type OpenedRun, openRun } from './open-run.ts';
import { PipelineEvents } from './pipeline-events.ts';
import { runSource } from './run-source.ts';
import type { RunOutcome, SourcePipeline, SourcePipelineOptions } from './source-pipeline.ts';
import { StartSteps } from './start-steps.ts';
import { TopicPreparation } from './topic-preparation.ts';

/** How long a pause keeps the binlog connection; the server drops one that does not read after `net_write_timeout`, 60 s. */
const PAUSE_HOLD_MS = 45_000;
/** How long a stop may take to deliver what was read. */
const STOP_TIMEOUT_MS = 15_000;
/** The same after an error: the next run waits for it. */
const SETTLE_TIMEOUT_MS = 5_000;

/** See {@link SourcePipeline}. */
export class SourcePipelineRun implements SourcePipeline {
  readonly #options: SourcePipelineOptions;
  readonly #gate: PauseGate;
  readonly #flow = new FlowMeter();
  readonly #steps = new StartSteps();
  readonly #topics: TopicPreparation;
  readonly #events: PipelineEvents;
  readonly #sampler: Sampler;
  /** Aborted: the source is to end, what was read is delivered. */
  readonly #stopping = new AbortController();
  /** Aborted: every wait is to end. */
  readonly #killing = new AbortController();
  #run: OpenedRun | null = null;
  #ended: Promise<unknown> = Promise.resolve();

  constructor(options: SourcePipelineOptions) {
    this.#options = options;
    this.#gate = new PauseGate(options.paused === true);
    this.#sampler = new Sampler(options.runId ?? randomUUID());
    this.#events = new PipelineEvents(options.observer, {
      isStopping: () => this.#stopping.signal.aborted,
      isPaused: () => this.#gate.closed,
    });
    const { spec } = options;
    this.#topics = new TopicPreparation({
      connection: kafkaConnection(spec.cluster, spec.name),
      events: this.#events,
      signal: this.#killing.signal,
    });
    options.signal?.addEventListener('abort', () => this.#kill(), { once: true });
    if (options.signal?.aborted === true) this.#kill();
  }

  run(): Promise<RunOutcome> {
    const running = this.#runOnce();
    this.#ended = running.catch(() => undefined);
    return running;
  }

  pause(): void {
    this.#gate.pause();
    this.#events.tell();
  }

  resume(): void {
    this.#gate.resume();
    this.#events.tell();
  }

  async stop(): Promise<void> {
    this.#endSource();
    const timeout = setTimeout(() => this.#kill(), STOP_TIMEOUT_MS);
    await this.#ended;
    clearTimeout(timeout);
  }

  sample(): PipelineSample {
    const run = this.#run;
    return this.#sampler.take({
      state: this.#events.state,
      flow: this.#flow,
      meters: run?.sink.meters ?? [],
      producer: run?.producer.status() ?? null,
      source: run?.source?.stats() ?? null,
      readPosition: run?.offsets.resume.position ?? null,
      committedPosition: run?.offsets.committed?.resume.position ?? null,
      waitingFor: this.#topics.waiting ?? this.#steps.waiting,
      errors: this.#events.errors,
    });
  }

  async #runOnce(): Promise<RunOutcome> {
    this.#events.tell();
    try {
      await this.#passGate();
      if (this.#stopping.signal.aborted) return { completed: false };
      const run = await openRun({
        spec: this.#options.spec,
        events: this.#events,
        flow: this.#flow,
        steps: this.#steps,
        topics: this.#topics,
        signal: this.#killing.signal,
        onFailure: () => this.#endSource(),
      });
      this.#run = run;
      return await this.#stream(run);
    } catch (thrown) {
      if (this.#killing.signal.aborted && this.#run?.failure === null) return { completed: false };
      throw this.#run?.failure ?? toSealaneError(thrown);
    } finally {
      await this.#close();
    }
  }

  /** One pass per connection to the source: a long pause ends one and the resume begins the next. */
  async #stream(run: OpenedRun): Promise<RunOutcome> {
    while (!this.#stopping.signal.aborted && !run.isComplete()) {
      const source = run.openSource();
      if (this.#stopping.signal.aborted) break;
      const end = await this.#pass(run, source);
      if (run.failure !== null) throw run.failure;
      if (end === 'parked') await this.#passGate();
    }
    return { completed: run.isComplete() && !this.#stopping.signal.aborted };
  }

  async #pass(run: OpenedRun, source: ReturnType<OpenedRun['openSource']>): Promise<'ended' | 'parked'> {
    try {
      return await runSource({
        ...run,
        source,
        flow: this.#flow,
        gate: this.#gate,
        holdMs: () => this.#holdMs(),
        signal: this.#stopping.signal,
      });
    } catch (thrown) {
      if (run.failure === null) await this.#settle(run);
      if (run.failure !== null || !run.beginsAnew(toSealaneError(thrown))) throw thrown;
      return 'ended';
    } finally {
      await source.close();
    }
  }

  /** After an error: what was read is delivered and its offset stored, so that the next run repeats as little as possible. */
  async #settle(run: OpenedRun): Promise<void> {
    const delivered = run.sink.flushed().then(() => run.offsets.finish());
    const timeout = sleep(SETTLE_TIMEOUT_MS, undefined, { ref: false });
    await Promise.race([delivered, timeout]).catch((thrown: unknown) => {
      this.#events.warn(
        'offset.behind',
        'What was read last could not be delivered; the next run reads it again.',
        toSealaneError(thrown),
      );
    });
  }

  /** A snapshot cannot be taken up again, so its connection is held for as long as the pause lasts. */
  #holdMs(): number {
    return this.#events.isSnapshotting
      ? Number.POSITIVE_INFINITY
      : (this.#options.spec.pauseHoldMs ?? PAUSE_HOLD_MS);
  }

  async #passGate(): Promise<void> {
    this.#events.tell();
    await this.#gate.passage(Number.POSITIVE_INFINITY, this.#stopping.signal);
  }

  #endSource(): void {
    this.#stopping.abort();
    this.#events.tell();
    this.#run?.source?.close().catch((thrown: unknown) => {
      this.#events.warn(
        'source.close',
        'The source connection did not close cleanly.',
        toSealaneError(thrown),
      );
    });
  }

  #kill(): void {
    this.#killing.abort();
    this.#endSource();
  }

  async #close(): Promise<void> {
    this.#stopping.abort();
    try {
      await this.#run?.close(this.#killing.signal.aborted ? 0 : SETTLE_TIMEOUT_MS);
    } catch (thrown) {
      this.#events.warn(
        'kafka.close',
        'Records were left undelivered; the next run reads them again.',
        toSealaneError(thrown),
      );
    }
  }
}
