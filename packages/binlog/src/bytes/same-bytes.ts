/** A run of bytes that is compared with others again and again. */
export interface KnownBytes {
  /** Four bytes each, little-endian. */
  readonly words: Int32Array;
  /** What is left behind the last word. */
  readonly rest: Uint8Array;
  readonly size: number;
}

/** A copy of `bytes` to compare with. */
export function knownBytes(bytes: Uint8Array): KnownBytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = Int32Array.from({ length: bytes.length >> 2 }, (_, index) => view.getInt32(index * 4, true));
  return { words, rest: Uint8Array.from(bytes.subarray(words.length * 4)), size: bytes.length };
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
    const { words, rest } = known;
    let at = start;
    for (let index = 0; index < words.length; index += 1) {
      if (view.getInt32(at, true) !== words[index]) return false;
      at += 4;
    }
    for (let index = 0; index < rest.length; index += 1) if (bytes[at + index] !== rest[index]) return false;
    return true;
  }
}
