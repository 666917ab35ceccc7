import type { Change } from '../change/change.ts';
import type { ChangeSource, SourceStats } from './change-source.ts';

export interface SnapshotThenStreamOptions {
  /** Null: the stream alone. */
  snapshot: ChangeSource | null;
  /** Null: ends when the snapshot is complete. */
  stream: ChangeSource | null;
  /** Every row of the snapshot has passed. */
  onSnapshotEnd: () => void;
  /** Told when the stream takes over, or begins. */
  onStream: () => void;
}

/** One source after the other; the stream opens at the snapshot's position once every row of it was yielded. */
export class SnapshotThenStream implements ChangeSource {
  readonly #options: SnapshotThenStreamOptions;
  #current: ChangeSource | null;
  #closed = false;

  constructor(options: SnapshotThenStreamOptions) {
    this.#options = options;
    this.#current = options.snapshot ?? options.stream;
  }

  async *changes(): AsyncIterable<readonly Change[]> {
    const { snapshot, stream, onSnapshotEnd, onStream } = this.#options;
    if (snapshot !== null) {
      yield* snapshot.changes();
      if (this.#closed) return;
      onSnapshotEnd();
    }
    if (stream === null || this.#closed) return;
    this.#current = stream;
    onStream();
    yield* stream.changes();
  }

  stats(): SourceStats {
    const { snapshot } = this.#options;
    const current = this.#current?.stats() ?? EMPTY;
    if (snapshot === null || this.#current === snapshot) return current;
    const before = snapshot.stats();
    return { ...current, bytesRead: current.bytesRead + before.bytesRead };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#options.snapshot?.close(), this.#options.stream?.close()]);
  }
}

const EMPTY: SourceStats = {
  bytesRead: 0,
  pendingBytes: 0,
  lastContactAtMs: null,
  position: null,
  snapshot: null,
};
