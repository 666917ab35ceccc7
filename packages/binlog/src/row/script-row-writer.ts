import { type ByteSource, malformed } from '../bytes/byte-source.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import { type PreparedText, putPrepared } from '../bytes/prepared-text.ts';
import type { ImageCodec } from '../columns/column-codec.ts';
import type { RowFrame } from './row-frame.ts';
import type { ImageColumn } from './row-layout.ts';
import type { RowWriter } from './row-writer-types.ts';

const OPEN = 0x7b;
const CLOSE = 0x7d;

/** The error of an image that goes on behind the end of its event. */
export function truncated(pos: number, src: ByteSource): Error {
  return malformed(`A row image ends at byte ${pos} of an event that ends at ${src.end}.`);
}

/** Per column a prepared key and a closure over the column's type; rows cost no object and no text. */
export class ScriptRowWriter implements RowWriter {
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
  /** Where the image of the last row begins, where its columns do, and where it ends. */
  #lastImage = 0;
  readonly #lastStarts: Int32Array;
  /** Where the JSON of each of its columns begins, comma included, and where the last one's ends. */
  readonly #lastTexts: Int32Array;

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
    this.#lastStarts = new Int32Array(columns.length + 1);
    this.#lastTexts = new Int32Array(columns.length + 1);
    this.#needs = Int32Array.from(
      columns,
      ({ codec }, i) => (prefixes[i]?.room ?? 0) + codec.maxFixedJson + 8,
    );
  }

  writeRow(src: ByteSource, pos: number, out: OutputBuffer): number {
    const bytes = src.bytes;
    const end = src.end;
    const count = this.#count;
    const starts = this.#lastStarts;
    const texts = this.#lastTexts;
    let at = pos + this.#bitmapBytes;
    if (at > end) throw truncated(at, src);
    out.ensure(2);
    out.bytes[out.length++] = OPEN;
    for (let i = 0; i < count; i++) {
      starts[i] = at;
      texts[i] = out.length;
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
    this.#lastImage = pos;
    starts[count] = at;
    texts[count] = out.length;
    this.close(out);
    return at;
  }

  writeAfter(src: ByteSource, pos: number, out: OutputBuffer): number {
    const { end } = src;
    let at = pos + this.#bitmapBytes;
    if (at > end) throw truncated(at, src);
    out.ensure(2);
    out.bytes[out.length++] = OPEN;
    for (let i = 0; i < this.#count; ) {
      const same = this.#sameUntil(src, { image: pos, column: i, at });
      if (same > i) {
        this.#repeat(i, same, out);
        at += (this.#lastStarts[same] as number) - (this.#lastStarts[i] as number);
        i = same;
        continue;
      }
      at = this.writeColumn(src, { column: i, image: pos, at }, out);
      i++;
    }
    if (at > end) throw truncated(at, src);
    this.close(out);
    return at;
  }

  /** Appends the member of one column, whose value begins at `at` of the image at `image`, and returns the offset behind the value. */
  writeColumn(
    src: ByteSource,
    { column, image, at }: { column: number; image: number; at: number },
    out: OutputBuffer,
  ): number {
    const isNull = ((src.bytes[image + (column >> 3)] as number) & (1 << (column & 7))) !== 0;
    if (!isNull && at + (this.#minBytes[column] as number) > src.end) throw truncated(at, src);
    const write = this.#writers[column] as ImageCodec['writeJson'] | null;
    if (write === null) return isNull ? at : (this.#skippers[column] as ImageCodec['skip'])(src, at);
    out.ensure(this.#needs[column] as number);
    putPrepared(out, this.#prefixes[column] as PreparedText);
    if (!isNull) return write(src, at, out);
    this.#putNull(column, out);
    return at;
  }

  /** Appends what stands behind the last column. */
  close(out: OutputBuffer): void {
    if (this.#closing === null) {
      out.ensure(1);
      out.bytes[out.length++] = CLOSE;
    } else out.appendBytes(this.#closing);
  }

  /** The first column from `column` on that is not byte for byte what it was in the last row. */
  #sameUntil(
    { bytes, end }: ByteSource,
    { image, column, at }: { image: number; column: number; at: number },
  ): number {
    const starts = this.#lastStarts;
    const last = this.#lastImage;
    const offset = (starts[column] as number) - at;
    let equalUntil = at;
    let i = column;
    for (; i < this.#count; i++) {
      const nulls = (bytes[image + (i >> 3)] as number) ^ (bytes[last + (i >> 3)] as number);
      if ((nulls & (1 << (i & 7))) !== 0) break;
      const next = (starts[i + 1] as number) - offset;
      if (next > end) break;
      while (equalUntil < next && bytes[equalUntil] === bytes[equalUntil + offset]) equalUntil++;
      if (equalUntil < next) break;
    }
    return i;
  }

  /** Appends the JSON that columns `[from, to)` have in the last row. */
  #repeat(from: number, to: number, out: OutputBuffer): void {
    const start = this.#lastTexts[from] as number;
    const size = (this.#lastTexts[to] as number) - start;
    out.ensure(size);
    out.bytes.copyWithin(out.length, start, start + size);
    out.length += size;
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
