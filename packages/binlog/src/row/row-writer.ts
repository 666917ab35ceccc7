import { type ByteSource, malformed } from '../bytes/byte-source.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import { type PreparedText, putPrepared } from '../bytes/prepared-text.ts';
import type { ImageCodec } from '../columns/column-codec.ts';
import { frameOf, type RowFrame } from './row-frame.ts';
import { type ImageColumn, imageColumns } from './row-layout.ts';
import type { RowCodecOptions, RowWriter } from './row-writer-types.ts';

const OPEN = 0x7b;
const CLOSE = 0x7d;

function truncated(pos: number, src: ByteSource): Error {
  return malformed(`A row image ends at byte ${pos} of an event that ends at ${src.end}.`);
}

/**
 * Compiles the writer of one table's row images. Per column it holds a prepared key and a closure over the
 * column's type; rows cost no object and no text.
 */
export function compileRowWriter(options: RowCodecOptions): RowWriter {
  const columns = imageColumns(options);
  return new CompiledRowWriter(columns, frameOf(options, columns));
}

class CompiledRowWriter implements RowWriter {
  readonly #count: number;
  readonly #bitmapBytes: number;
  /** Null for columns that are only skipped. */
  readonly #writers: (ImageCodec['writeJson'] | null)[];
  readonly #skippers: ImageCodec['skip'][];
  readonly #minBytes: Int32Array;
  readonly #needs: Int32Array;
  readonly #prefixes: readonly PreparedText[];
  /** Members behind the last one of the image, and the end; null where that is `}` alone. */
  readonly #closing: Buffer | null;
  /** What stands for NULL in each column; null where it is `null` in all of them. */
  readonly #nulls: readonly (Buffer | null)[] | null;

  constructor(columns: readonly ImageColumn[], { prefixes, closing }: RowFrame) {
    this.#count = columns.length;
    this.#bitmapBytes = (columns.length + 7) >> 3;
    this.#writers = columns.map((entry) => (entry.included ? entry.codec.writeJson : null));
    this.#skippers = columns.map((entry) => entry.codec.skip);
    this.#minBytes = Int32Array.from(columns, (entry) => entry.codec.minBytes);
    this.#prefixes = prefixes;
    this.#closing = closing.length === 1 ? null : closing;
    this.#nulls = columns.some(({ nullJson }) => nullJson !== null)
      ? columns.map(({ nullJson }) => nullJson)
      : null;
    this.#needs = Int32Array.from(
      columns,
      ({ codec }, i) => (prefixes[i]?.room ?? 0) + codec.maxFixedJson + 8,
    );
  }

  writeRow(src: ByteSource, pos: number, out: OutputBuffer): number {
    const bytes = src.bytes;
    const end = src.end;
    const count = this.#count;
    let at = pos + this.#bitmapBytes;
    if (at > end) throw truncated(at, src);
    out.ensure(2);
    out.bytes[out.length++] = OPEN;
    for (let i = 0; i < count; i++) {
      const isNull = ((bytes[pos + (i >> 3)] as number) & (1 << (i & 7))) !== 0;
      const write = this.#writers[i] as ImageCodec['writeJson'] | null;
      if (!isNull && at + (this.#minBytes[i] as number) > end) throw truncated(at, src);
      if (write === null) {
        if (!isNull) at = (this.#skippers[i] as ImageCodec['skip'])(src, at);
        continue;
      }
      const need = this.#needs[i] as number;
      if (out.length + need > out.capacity) out.ensure(need);
      putPrepared(out, this.#prefixes[i] as PreparedText);
      if (isNull) this.#putNull(i, out);
      else at = write(src, at, out);
    }
    if (at > end) throw truncated(at, src);
    if (this.#closing === null) {
      out.ensure(1);
      out.bytes[out.length++] = CLOSE;
    } else out.appendBytes(this.#closing);
    return at;
  }

  #putNull(column: number, out: OutputBuffer): void {
    const json = this.#nulls === null ? null : (this.#nulls[column] ?? null);
    if (json === null) putNull(out);
    else out.appendBytes(json);
  }

  skipRow(src: ByteSource, pos: number): number {
    const bytes = src.bytes;
    let at = pos + this.#bitmapBytes;
    if (at > src.end) throw truncated(at, src);
    for (let i = 0; i < this.#count; i++) {
      if (((bytes[pos + (i >> 3)] as number) & (1 << (i & 7))) !== 0) continue;
      if (at + (this.#minBytes[i] as number) > src.end) throw truncated(at, src);
      at = (this.#skippers[i] as ImageCodec['skip'])(src, at);
    }
    if (at > src.end) throw truncated(at, src);
    return at;
  }
}

/** `null`; the caller has made room. */
function putNull(out: OutputBuffer): void {
  out.view.setInt32(out.length, 0x6c6c756e, true);
  out.length += 4;
}
