import type { PipelineSample } from '@sealane/contracts/live';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import type { ErrorReportJson, RuntimeState } from '@sealane/contracts/pipeline-state';

/** One line for the pipeline's events log. */
export interface PipelineNotice {
  level: 'info' | 'warn' | 'error';
  /** e.g. `snapshot.locked`, `snapshot.completed`, `stream.started`, `topic.created`, `kafka.waiting`. */
  type: string;
  message: string;
  error: ErrorReportJson | null;
}

/** What a pipeline tells its owner. Both are called synchronously and must not throw. */
export interface PipelineObserver {
  /** `starting`, `snapshotting`, `running`, `paused` or `stopping`; the end is told by {@link SourcePipeline.run}. */
  onState(state: RuntimeState): void;
  onNotice(notice: PipelineNotice): void;
}

export interface SourcePipelineOptions {
  spec: PipelineRunSpec;
  observer: PipelineObserver;
  /** Aborting ends the run at once: what is unacknowledged is read again by the next run. */
  signal?: AbortSignal;
  /** Start paused: connections and preflight come with the first `resume`. */
  paused?: boolean;
  /** Distinguishes process starts in samples; default random. */
  runId?: string;
}

/** How a run ended without an error. */
export interface RunOutcome {
  /** True when an `initial_only` pipeline has copied everything; false when it was stopped. */
  completed: boolean;
}

/**
 * One run of a pipeline from a source into Kafka. Single-shot: a run that ended is continued by a new pipeline,
 * which resumes at the stored offset. `run` once, first; `pause`, `resume` and `stop` at any time, in any order,
 * repeatedly; `sample` at any time, also after the end.
 */
export interface SourcePipeline {
  /**
   * Resolves when the pipeline was stopped or has completed, everything closed. Rejects with a SealaneError;
   * `retriable` says whether a new run may succeed without anybody's help.
   */
  run(): Promise<RunOutcome>;
  /** Stops reading; what was read is delivered. The binlog connection stays open for a while, then closes until `resume`. */
  pause(): void;
  resume(): void;
  /** Stops reading, delivers what was read, stores the offset, closes. Resolves when `run` has ended, however it did. */
  stop(): Promise<void>;
  /** The live figures; rates cover the time since the last call, meant to come each second. */
  sample(): PipelineSample;
}
