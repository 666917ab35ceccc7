/** A run of bytes that is compared with others again and again. */
export interface KnownBytes {
  readonly view: DataView;
  readonly size: number;
}

/** A copy of `bytes` to compare with. */
export function knownBytes(bytes: Uint8Array): KnownBytes {
  const copy = Uint8Array.from(bytes);
  return { view: new DataView(copy.buffer), size: copy.length };
}

/**
 * Compares bytes of buffers with known ones, four at a time: a call into Node costs more than the few hundred bytes that are
 * asked about, and a loop over single bytes three times as much as this one. Keeps the view of the buffer asked about last.
 */
export class BytesComparer {
  #bytes: Uint8Array | null = null;
  #view: DataView = new DataView(new ArrayBuffer(0));

  /** True when `bytes[start..start + known.size)` are the known ones; the window must lie within `bytes`. */
  isSame(bytes: Uint8Array, start: number, known: KnownBytes): boolean {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    const view = this.#view;
    const { view: expected, size } = known;
    const words = size & ~3;
    let at = 0;
    for (; at < words; at += 4)
      if (view.getInt32(start + at, true) !== expected.getInt32(at, true)) return false;
    for (; at < size; at += 1) if (view.getInt8(start + at) !== expected.getInt8(at)) return false;
    return true;
  }
}
