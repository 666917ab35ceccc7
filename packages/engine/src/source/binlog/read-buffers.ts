/** Well below the 64 MiB of memory outside of its heap after which V8 marks the whole heap, since a read takes more than it brings. */
const SWEEP_BYTES = 8 * 1024 * 1024;
/** So many events in as many bytes are small ones: their objects fill the young generation, and V8 collects it by itself. */
const MANY_EVENTS = 8192;

/** A collection of the young generation; null where the process runs without `--expose-gc`. */
export function minorCollection(): (() => void) | null {
  const collect = globalThis.gc;
  return collect === undefined ? null : () => collect({ type: 'minor' });
}

/**
 * Frees the buffers that a binlog was read into. Behind them stand only a few small objects, so that of wide rows tens of
 * megabytes come before V8 would collect by itself, and then it is the memory that makes it mark the whole heap: a tenth of the
 * time that such rows take. A collection of the young generation finds the buffers as well, in a millisecond.
 */
export class ReadBuffers {
  readonly #collect: (() => void) | null;
  #bytes = 0;
  #events = 0;

  constructor(collect: (() => void) | null) {
    this.#collect = collect;
  }

  /** Tells what was read so far, while only the newest of it is in use. */
  passed({ bytesRead, eventsRead }: { bytesRead: number; eventsRead: number }): void {
    if (bytesRead - this.#bytes < SWEEP_BYTES) return;
    if (eventsRead - this.#events < MANY_EVENTS) this.#collect?.();
    this.#bytes = bytesRead;
    this.#events = eventsRead;
  }
}
