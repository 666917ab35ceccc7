import type { PipelineSample } from '@sealane/contracts/live';

/** A step that takes longer than this is told; a healthy one takes a fraction of a second. */
const LONG_MS = 5_000;

type Waiting = NonNullable<PipelineSample['waitingFor']>;

/** What a start does, one step after the other, so that one that hangs can be seen. */
export class StartSteps {
  readonly #now: () => number;
  #step: Waiting | null = null;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The step that has been going on for long; null: none has. */
  get waiting(): Waiting | null {
    const step = this.#step;
    return step !== null && this.#now() - step.sinceMs >= LONG_MS ? step : null;
  }

  /** `message` says what is going on at that end. Settles as `work` does. */
  async during<T>(stage: Waiting['stage'], message: string, work: Promise<T>): Promise<T> {
    this.#step = { stage, message, sinceMs: this.#now() };
    try {
      return await work;
    } finally {
      this.#step = null;
    }
  }
}
