import type { ByteSource } from '../bytes/byte-source.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import { nativeFormOf } from '../columns/native-form.ts';
import { nativeProgram } from './native-program.ts';
import { NativeField, type NativeRows, type NativeRun, nativeStateFields } from './native-rows.ts';
import type { RowFrame } from './row-frame.ts';
import type { ImageColumn } from './row-layout.ts';
import type { RowWriter } from './row-writer-types.ts';
import { type ScriptRowWriter, truncated } from './script-row-writer.ts';

const OPEN = 0x7b;

/** Whether native code pays: it costs a call for each column that it leaves to JavaScript. */
export function isWorthNative(columns: readonly ImageColumn[]): boolean {
  const native = columns.filter(({ codec }) => nativeFormOf(codec).kind !== 'other').length;
  return native > columns.length / 2;
}

/** Has native code write what it can and `script` the rest, to the bytes that `script` alone would write. */
export class NativeRowWriter implements RowWriter {
  readonly #script: ScriptRowWriter;
  readonly #count: number;
  readonly #bitmapBytes: number;
  readonly #state: Int32Array;
  readonly #run: NativeRun;

  constructor(
    native: NativeRows,
    script: ScriptRowWriter,
    { columns, frame }: { columns: readonly ImageColumn[]; frame: RowFrame },
  ) {
    this.#script = script;
    this.#count = columns.length;
    this.#bitmapBytes = (columns.length + 7) >> 3;
    this.#state = new Int32Array(new ArrayBuffer(4 * nativeStateFields(columns.length)));
    this.#run = native.compile(nativeProgram(columns, frame.prefixes), this.#state);
  }

  writeRow(src: ByteSource, pos: number, out: OutputBuffer): number {
    return this.#write(src, { pos, repeats: false }, out);
  }

  writeAfter(src: ByteSource, pos: number, out: OutputBuffer): number {
    return this.#write(src, { pos, repeats: true }, out);
  }

  skipRow(src: ByteSource, pos: number): number {
    return this.#script.skipRow(src, pos);
  }

  #write(src: ByteSource, { pos, repeats }: { pos: number; repeats: boolean }, out: OutputBuffer): number {
    const state = this.#state;
    const first = pos + this.#bitmapBytes;
    if (first > src.end) throw truncated(first, src);
    out.ensure(2);
    out.bytes[out.length++] = OPEN;
    state[NativeField.COLUMN] = 0;
    state[NativeField.IMAGE] = pos;
    state[NativeField.AT] = first;
    state[NativeField.END] = src.end;
    state[NativeField.LENGTH] = out.length;
    state[NativeField.REPEATS] = repeats ? 1 : 0;
    this.#run(src.bytes, out.bytes);
    let column = state[NativeField.COLUMN] as number;
    while (column < this.#count) {
      out.length = state[NativeField.LENGTH] as number;
      const at = this.#script.writeColumn(
        src,
        { column, image: pos, at: state[NativeField.AT] as number },
        out,
      );
      if (at > src.end) throw truncated(at, src);
      state[NativeField.COLUMN] = column + 1;
      state[NativeField.AT] = at;
      state[NativeField.LENGTH] = out.length;
      // Also behind the last column: where the image ended is noted by this.
      this.#run(src.bytes, out.bytes);
      column = state[NativeField.COLUMN] as number;
    }
    out.length = state[NativeField.LENGTH] as number;
    this.#script.close(out);
    return state[NativeField.AT] as number;
  }
}
