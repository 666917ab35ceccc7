import type { RuntimeState } from '@sealane/contracts/pipeline-state';
import type { SealaneError } from '@sealane/errors/sealane-error';
import type { PipelineObserver } from './source-pipeline.ts';

/** What a run is busy with, before a pause or a stop covers it. */
export type RunPhase = 'starting' | 'snapshotting' | 'running';

/** Keeps a run's state and tells the observer what changes. */
export class PipelineEvents {
  /** Notices with an error so far. */
  errors = 0;
  readonly #observer: PipelineObserver;
  readonly #cover: { isStopping: () => boolean; isPaused: () => boolean };
  #phase: RunPhase = 'starting';
  #told: RuntimeState | null = null;

  constructor(observer: PipelineObserver, cover: { isStopping: () => boolean; isPaused: () => boolean }) {
    this.#observer = observer;
    this.#cover = cover;
  }

  get state(): RuntimeState {
    if (this.#cover.isStopping()) return 'stopping';
    return this.#cover.isPaused() ? 'paused' : this.#phase;
  }

  get isSnapshotting(): boolean {
    return this.#phase === 'snapshotting';
  }

  enter(phase: RunPhase): void {
    this.#phase = phase;
    this.tell();
  }

  /** Tells the state if it differs from the one told last. */
  tell(): void {
    const state = this.state;
    if (state === this.#told) return;
    this.#told = state;
    this.#observer.onState(state);
  }

  info(type: string, message: string): void {
    this.#observer.onNotice({ level: 'info', type, message, error: null });
  }

  /** Tells of what may go wrong; it counts as no error. */
  advise(type: string, advice: SealaneError): void {
    this.#warn(type, advice.message, advice);
  }

  warn(type: string, message: string, error: SealaneError | null = null): void {
    if (error !== null) this.errors += 1;
    this.#warn(type, message, error);
  }

  #warn(type: string, message: string, error: SealaneError | null): void {
    const report = error?.toReport();
    this.#observer.onNotice({
      level: 'warn',
      type,
      message,
      error: report === undefined ? null : { ...report, fields: [...report.fields] },
    });
  }
}
