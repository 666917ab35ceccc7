import type { ReadProgress } from '../reader/read-progress.ts';
import type { ScanCursor } from './scan-cursor.ts';

/** Counts what a scan did and how much of it is left. */
export class ScanTally {
  readonly #cursors: readonly ScanCursor[];
  readonly #starts: readonly number[];
  readonly #total: number;
  readonly #startedAt = performance.now();
  scanned = 0;
  matched = 0;
  bytes = 0;

  constructor(cursors: readonly ScanCursor[], total: number) {
    this.#cursors = cursors;
    this.#starts = cursors.map(({ position }) => position);
    this.#total = total;
  }

  progress(): ReadProgress {
    const covered = this.#cursors.reduce(
      (sum, { position }, index) => sum + Math.abs(position - (this.#starts[index] ?? 0)),
      0,
    );
    const elapsedMs = performance.now() - this.#startedAt;
    return {
      scanned: this.scanned,
      total: this.#total,
      covered: Math.min(covered, this.#total),
      matched: this.matched,
      bytes: this.bytes,
      elapsedMs,
      etaMs: covered > 0 ? (Math.max(0, this.#total - covered) * elapsedMs) / covered : null,
    };
  }
}
