/**
 * Holds a loop while a pipeline is paused. `pause` and `resume` at any time; the loop asks `closed` and, when it is,
 * awaits `passage`.
 */
export class PauseGate {
  #closed: boolean;
  #waiting: Array<() => void> = [];

  constructor(closed: boolean) {
    this.#closed = closed;
  }

  get closed(): boolean {
    return this.#closed;
  }

  pause(): void {
    this.#closed = true;
  }

  resume(): void {
    this.#closed = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** True once the gate is open; false when `holdMs` (Infinity: forever) has passed or the signal was aborted before. */
  async passage(holdMs: number, signal: AbortSignal): Promise<boolean> {
    if (!this.#closed || signal.aborted) return !signal.aborted;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = Number.isFinite(holdMs) ? setTimeout(wake, holdMs) : undefined;
      signal.addEventListener('abort', wake, { once: true });
      this.#waiting.push(wake);
    });
    return !this.#closed && !signal.aborted;
  }
}
