/** Tells the world about one pipeline: status and events to Postgres and, live, to Redis; samples to Redis. */
import type { PipelineSample } from '@sealane/contracts/live';
import type { PipelineStatus } from '@sealane/contracts/pipeline-state';
import type { Logger } from 'pino';
import type { Note, ShownStatus } from './supervision-state.ts';

/** Where the reports go. A call that rejects is repeated until it succeeds; a sample is forgotten. */
export interface ReportSink {
  /** As stored; null when the lease is not ours any more or the pipeline was deleted: then nothing more is told. */
  saveStatus(status: ShownStatus): Promise<PipelineStatus | null>;
  saveNote(note: TimedNote): Promise<void>;
  /** Tells whoever watches; nobody waits for it. */
  publishStatus(status: PipelineStatus): void;
  publishSample(sample: PipelineSample): Promise<void>;
}

export interface TimedNote extends Note {
  at: Date;
}

export interface PipelineReporter {
  /** The newest wins: an unwritten older one is forgotten. */
  status(status: ShownStatus): void;
  note(note: Note): void;
  sample(sample: PipelineSample): void;
  /** Resolves when everything told so far is written, or after the limit in milliseconds. */
  flush(limitMs: number): Promise<void>;
  /** Ends all writing; nothing is written after it. */
  close(): void;
}

export interface ReporterOptions {
  sink: ReportSink;
  log: Logger;
  /** Milliseconds between attempts while a store is away. */
  retryMs?: number;
}

const MAX_NOTES = 500;

class Reporter implements PipelineReporter {
  readonly #options: ReporterOptions;
  #status: ShownStatus | null = null;
  #notes: TimedNote[] = [];
  #writing: Promise<void> | null = null;
  #publishing = false;
  #closed = false;
  #troubled = false;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  status(shown: ShownStatus): void {
    this.#status = shown;
    this.#write();
  }

  note(note: Note): void {
    this.#notes = [...this.#notes, { ...note, at: new Date() }].slice(-MAX_NOTES);
    this.#write();
  }

  sample(sample: PipelineSample): void {
    if (this.#publishing || this.#closed) return;
    this.#publishing = true;
    this.#options.sink
      .publishSample(sample)
      .catch((error: unknown) => this.#trouble(error))
      .finally(() => {
        this.#publishing = false;
      });
  }

  async flush(limitMs: number): Promise<void> {
    const limit = AbortSignal.timeout(limitMs);
    while (this.#writing !== null && !limit.aborted) {
      await Promise.race([this.#writing, new Promise((resolve) => setTimeout(resolve, 50))]);
    }
  }

  close(): void {
    this.#closed = true;
  }

  #write(): void {
    if (this.#writing !== null || this.#closed) return;
    this.#writing = this.#drain().finally(() => {
      this.#writing = null;
    });
  }

  async #drain(): Promise<void> {
    while (!this.#closed && (this.#status !== null || this.#notes.length > 0)) {
      try {
        await this.#writeOnce();
        this.#troubled = false;
      } catch (error) {
        this.#trouble(error);
        await new Promise((resolve) => setTimeout(resolve, this.#options.retryMs ?? 1_000));
      }
    }
  }

  async #writeOnce(): Promise<void> {
    const { sink } = this.#options;
    const status = this.#status;
    if (status !== null) {
      const saved = await sink.saveStatus(status);
      if (saved === null) {
        this.close();
        return;
      }
      if (this.#status === status) this.#status = null;
      sink.publishStatus(saved);
    }
    const [note] = this.#notes;
    if (note === undefined) return;
    await sink.saveNote(note);
    this.#notes = this.#notes.filter((other) => other !== note);
  }

  /** A store that is away is told once, not each second. */
  #trouble(error: unknown): void {
    if (!this.#troubled) this.#options.log.warn({ err: error }, 'status could not be reported; trying on');
    this.#troubled = true;
  }
}

export function createPipelineReporter(options: ReporterOptions): PipelineReporter {
  return new Reporter(options);
}
