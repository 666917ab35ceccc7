/** Pairs commits with arrivals by row key, whichever is seen first. Times are monotonic, in milliseconds. */
export class ArrivalLog {
  readonly #commits = new Map<number, number>();
  readonly #arrivals = new Map<number, number>();
  readonly #waiters: { key: number; resolve(): void }[] = [];

  committed(key: number, at: number): void {
    this.#commits.set(key, at);
  }

  arrived(key: number, at: number): void {
    if (this.#arrivals.has(key)) return;
    this.#arrivals.set(key, at);
    for (const waiter of this.#waiters) if (waiter.key === key) waiter.resolve();
  }

  /** Resolves when the row has arrived. */
  arrivalOf(key: number): Promise<void> {
    if (this.#arrivals.has(key)) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ key, resolve }));
  }

  /**
   * Milliseconds from commit to arrival of every committed row; NaN for one that never arrived. A row may arrive
   * before its commit has returned to the client: that latency is negative.
   */
  latencies(): number[] {
    return [...this.#commits].map(([key, at]) => (this.#arrivals.get(key) ?? Number.NaN) - at);
  }
}
