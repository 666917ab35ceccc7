import { SealaneError } from '@sealane/errors/sealane-error';
import { ESCAPE, putEscape } from './json-escapes.ts';

const QUOTE = 0x22;
const EQUALS = 61;
const BASE64 = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 'latin1');
/** Strings up to this many bytes get room for the worst case (six bytes per byte) at once. */
const SHORT_STRING_BYTES = 4096;
/** From here on a native copy of escape-free runs is faster than a loop. */
const NATIVE_COPY_BYTES = 192;

/**
 * True when any of a word's four bytes is below 0x20, a quote or a backslash. The classic test for a zero byte,
 * (x - 0x01…) & ~x & 0x80…, on the word itself (against 0x20) and on the word with each character turned to zero.
 */
function needsEscape(word: number): boolean {
  const quote = word ^ 0x22222222;
  const backslash = word ^ 0x5c5c5c5c;
  const hits =
    ((word - 0x20202020) & ~word) | ((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash);
  return (hits & 0x80808080) !== 0;
}

/** Views of what was written are kept by length up to here: making one for every record costs more than finding it again. */
const KEPT_VIEWS = 4096;

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
  #views: (Buffer | undefined)[] = [];

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

  /** What has been written, as a view that the next write changes. */
  written(): Buffer {
    const { length } = this;
    if (length >= KEPT_VIEWS) return this.bytes.subarray(0, length);
    let view = this.#views[length];
    if (view === undefined) {
      view = this.bytes.subarray(0, length);
      this.#views[length] = view;
    }
    return view;
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

  /** Appends UTF-8 `src[start..end)` as a JSON string, quotes included; bytes that are not UTF-8 are copied as they are. */
  appendJsonUtf8(src: Uint8Array, start: number, end: number): void {
    const size = end - start;
    if (size > SHORT_STRING_BYTES) {
      this.#appendLongJson(src, start, end);
      return;
    }
    this.ensure(size * 6 + 2);
    this.bytes[this.length++] = QUOTE;
    if (size < NATIVE_COPY_BYTES) this.#putEscaped(src, start, end);
    else this.#putEscapedRuns(src, start, end);
    this.bytes[this.length++] = QUOTE;
  }

  /** Writes base64 of a few bytes, quotes included, without asking for room. */
  putBase64(src: Uint8Array, start: number, size: number): void {
    const bytes = this.bytes;
    let at = this.length;
    bytes[at++] = QUOTE;
    const tail = size % 3;
    const whole = start + size - tail;
    let i = start;
    for (; i < whole; i += 3) {
      const triple = ((src[i] as number) << 16) | ((src[i + 1] as number) << 8) | (src[i + 2] as number);
      bytes[at++] = BASE64[triple >> 18] as number;
      bytes[at++] = BASE64[(triple >> 12) & 63] as number;
      bytes[at++] = BASE64[(triple >> 6) & 63] as number;
      bytes[at++] = BASE64[triple & 63] as number;
    }
    if (tail !== 0) {
      const first = src[i] as number;
      const second = tail === 2 ? (src[i + 1] as number) : 0;
      bytes[at++] = BASE64[first >> 2] as number;
      bytes[at++] = BASE64[((first & 3) << 4) | (second >> 4)] as number;
      bytes[at++] = tail === 2 ? (BASE64[(second & 15) << 2] as number) : EQUALS;
      bytes[at++] = EQUALS;
    }
    bytes[at++] = QUOTE;
    this.length = at;
  }

  /** A copy of `bytes[start..length)` that stays valid when the buffer is reused. */
  copyFrom(start = 0): Buffer {
    return Buffer.from(this.bytes.subarray(start, this.length));
  }

  #putEscaped(src: Uint8Array, start: number, end: number): void {
    const bytes = this.bytes;
    const view = this.view;
    let at = this.length;
    let i = start;
    for (const wordsEnd = end - 3; i < wordsEnd; i += 4, at += 4) {
      const word =
        (src[i] as number) |
        ((src[i + 1] as number) << 8) |
        ((src[i + 2] as number) << 16) |
        ((src[i + 3] as number) << 24);
      if (needsEscape(word)) break;
      view.setInt32(at, word, true);
    }
    for (; i < end; i++) {
      const byte = src[i] as number;
      if ((ESCAPE[byte] as number) === 0) bytes[at++] = byte;
      else at = putEscape(bytes, at, byte);
    }
    this.length = at;
  }

  #putEscapedRuns(src: Uint8Array, start: number, end: number): void {
    let runStart = start;
    for (let i = start; i < end; i++) {
      const byte = src[i] as number;
      if ((ESCAPE[byte] as number) === 0) continue;
      this.#putRun(src, runStart, i);
      this.length = putEscape(this.bytes, this.length, byte);
      runStart = i + 1;
    }
    this.#putRun(src, runStart, end);
  }

  #putRun(src: Uint8Array, start: number, end: number): void {
    if (end - start >= NATIVE_COPY_BYTES) {
      this.bytes.set(src.subarray(start, end), this.length);
      this.length += end - start;
      return;
    }
    const bytes = this.bytes;
    let at = this.length;
    for (let i = start; i < end; i++) bytes[at++] = src[i] as number;
    this.length = at;
  }

  /** Gets room piece by piece, so that the worst case of a huge value is not allocated for nothing. */
  #appendLongJson(src: Uint8Array, start: number, end: number): void {
    this.ensure(end - start + 2);
    this.bytes[this.length++] = QUOTE;
    for (let at = start; at < end; at += SHORT_STRING_BYTES) {
      const pieceEnd = Math.min(at + SHORT_STRING_BYTES, end);
      this.ensure((pieceEnd - at) * 6 + 1);
      this.#putEscapedRuns(src, at, pieceEnd);
    }
    this.ensure(1);
    this.bytes[this.length++] = QUOTE;
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
    this.#views = [];
    this.view = new DataView(larger.buffer, larger.byteOffset, this.capacity);
  }
}
