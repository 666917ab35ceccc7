/** One pipeline in its own process: commands in, reports out, a last word before the end. */
import {
  type PipelineCommand,
  type PipelineReport,
  pipelineCommandSchema,
} from '@sealane/contracts/pipeline-run';
import type {
  PipelineObserver,
  SourcePipeline,
  SourcePipelineOptions,
} from '@sealane/engine/source-pipeline';
import { toSealaneError } from '@sealane/errors/sealane-error';
import type { LeaseWatch } from './lease-watch.ts';

/** The supervisor as the process sees it. */
export interface SupervisorChannel {
  /** Resolves when the message was handed over; rejects when nobody listens any more. */
  send(report: PipelineReport): Promise<void>;
  onCommand(handle: (message: unknown) => void): void;
  /** The supervisor is gone. */
  onGone(handle: () => void): void;
}

export interface ProcessDependencies {
  channel: SupervisorChannel;
  createPipeline(options: SourcePipelineOptions): SourcePipeline;
  lease: LeaseWatch;
  /** Ends the process at once, with a line for the log. */
  exit(code: number, reason: string): void;
  limits: ProcessLimits;
}

export interface ProcessLimits {
  /** Milliseconds that a stop may take to deliver what was read. */
  drainMs: number;
  /** The same when the supervisor is gone. */
  orphanDrainMs: number;
  sampleMs: number;
  leaseCheckMs: number;
}

export const DEFAULT_PROCESS_LIMITS: ProcessLimits = {
  drainMs: 25_000,
  orphanDrainMs: 2_000,
  sampleMs: 1_000,
  leaseCheckMs: 250,
};

/** The process from outside: `stop` is for a signal of the operating system. */
export interface RunningProcess {
  stop(): void;
}

export const EXIT_DONE = 0;
export const EXIT_LEASE_LOST = 75;

/** Waits for `start`, runs the pipeline and ends the process after its last word. */
export function runProcess(dependencies: ProcessDependencies): RunningProcess {
  const { channel, lease, limits, exit } = dependencies;
  const hardStop = new AbortController();
  let pipeline: SourcePipeline | null = null;

  const report = (message: PipelineReport): void => {
    channel.send(message).catch(() => stopWithin(limits.orphanDrainMs));
  };
  const observer: PipelineObserver = {
    onState: (state) => report({ kind: 'state', state }),
    onNotice: (notice) => report({ kind: 'event', ...notice }),
  };
  const stopWithin = (milliseconds: number): void => {
    if (pipeline === null) {
      exit(EXIT_DONE, 'stopped before it was started');
      return;
    }
    setTimeout(() => hardStop.abort(), milliseconds).unref();
    pipeline.stop().catch(() => hardStop.abort());
  };
  const start = (command: Extract<PipelineCommand, { kind: 'start' }>): void => {
    const created = dependencies.createPipeline({
      spec: command.spec,
      paused: command.paused,
      signal: hardStop.signal,
      observer,
    });
    pipeline = created;
    setInterval(() => report({ kind: 'sample', sample: created.sample() }), limits.sampleMs);
    created
      .run()
      .then(
        ({ completed }): PipelineReport => ({ kind: 'ended', completed, error: null }),
        (error: unknown): PipelineReport => ({ kind: 'ended', completed: false, error: errorReport(error) }),
      )
      .then((last) => sayLast(dependencies, [{ kind: 'sample', sample: created.sample() }, last]))
      .catch((error: unknown) => exit(1, String(error)));
  };

  channel.onCommand((message) => {
    const command = pipelineCommandSchema.parse(message);
    if (command.kind === 'lease') lease.extend(command.validForMs);
    else if (command.kind === 'stop') stopWithin(limits.drainMs);
    else if (command.kind === 'start') start(command);
    else if (command.kind === 'pause') pipeline?.pause();
    else pipeline?.resume();
  });
  channel.onGone(() => stopWithin(limits.orphanDrainMs));
  setInterval(() => {
    if (lease.expired()) exit(EXIT_LEASE_LOST, 'the lease ran out: the worker no longer confirms it');
  }, limits.leaseCheckMs);
  return { stop: () => stopWithin(limits.drainMs) };
}

function errorReport(thrown: unknown): Extract<PipelineReport, { kind: 'ended' }>['error'] {
  const report = toSealaneError(thrown).toReport();
  return { ...report, fields: [...report.fields], details: { ...report.details } };
}

async function sayLast(dependencies: ProcessDependencies, words: readonly PipelineReport[]): Promise<void> {
  try {
    for (const word of words) await dependencies.channel.send(word);
  } catch (error) {
    dependencies.exit(EXIT_DONE, `ended without a listener: ${String(error)}`);
    return;
  }
  dependencies.exit(EXIT_DONE, 'ended');
}
