import { SealaneError } from '@sealane/errors/sealane-error';

/** How an {@link OutputBuffer} starts and how far it may grow, in bytes. */
export interface OutputBufferOptions {
  /** Bytes allocated at once; default 64 KiB. */
  initialBytes?: number;
  /** Hard cap: growing past it throws `OUTPUT_TOO_LARGE`; default 1 GiB. */
  maxBytes?: number;
}

/**
 * One reusable, growable byte buffer that every row writer appends to.
 *
 * `bytes[0..length)` is what has been written. Writers on the row path call {@link ensure} for the most they
 * may write, then store into `bytes` directly and move `length`; `bytes` and `view` are replaced when the
 * buffer grows, so they must be read again after each `ensure`.
 */
export class OutputBuffer {
  bytes: Buffer;
  /** The same memory as `bytes`, for unaligned word stores. */
  view: DataView;
  length = 0;
  /** `bytes.length`, kept as a field because the row path compares against it for every column. */
  capacity: number;
  readonly maxBytes: number;

  constructor(options: OutputBufferOptions = {}) {
    this.maxBytes = options.maxBytes ?? 1024 * 1024 * 1024;
    this.capacity = Math.min(options.initialBytes ?? 64 * 1024, this.maxBytes);
    this.bytes = Buffer.allocUnsafeSlow(this.capacity);
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.capacity);
  }

  /** Makes room for `extra` more bytes; may replace `bytes` and `view`. */
  ensure(extra: number): void {
    if (this.length + extra > this.capacity) this.#grow(this.length + extra);
  }

  /** Forgets everything from `length` on; `0` starts a new message in the same memory. */
  truncate(length: number): void {
    this.length = length;
  }

  /** Appends prepared bytes. */
  appendBytes(source: Uint8Array): void {
    this.ensure(source.length);
    this.bytes.set(source, this.length);
    this.length += source.length;
  }

  /** Appends text as UTF-8, without quotes or escapes. */
  appendText(text: string): void {
    this.ensure(text.length * 3);
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  /** A copy of `bytes[start..length)` that stays valid when the buffer is reused. */
  copyFrom(start = 0): Buffer {
    return Buffer.from(this.bytes.subarray(start, this.length));
  }

  #grow(needed: number): void {
    if (needed > this.maxBytes) {
      throw new SealaneError({
        code: 'OUTPUT_TOO_LARGE',
        message: `A message grew past ${this.maxBytes} bytes.`,
        why: `It needs up to ${needed} bytes.`,
        remedy: 'Exclude the large column from capture, or raise the message size limit.',
        details: { neededBytes: needed, maxBytes: this.maxBytes },
      });
    }
    this.capacity = Math.min(Math.max(this.capacity * 2, needed), this.maxBytes);
    const larger = Buffer.allocUnsafeSlow(this.capacity);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
    this.view = new DataView(larger.buffer, larger.byteOffset, this.capacity);
  }
}
