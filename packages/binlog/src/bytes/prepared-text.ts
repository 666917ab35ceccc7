import { OutputBuffer } from './output-buffer.ts';

/** Constant bytes padded to whole words: short ones are stored faster a word at a time than by a call that copies them. */
export interface PreparedText {
  readonly words: Int32Array;
  /** Bytes without the padding. */
  readonly size: number;
  /** Bytes that {@link putPrepared} may write. */
  readonly room: number;
}

/** Prepares what `write` appends. */
export function prepareText(write: (out: OutputBuffer) => void): PreparedText {
  const out = new OutputBuffer({ initialBytes: 256 });
  write(out);
  const words = new Int32Array((out.length + 3) >> 2);
  new Uint8Array(words.buffer).set(out.written());
  return { words, size: out.length, room: words.length * 4 };
}

/** The bytes themselves. */
export function preparedBytes({ words, size }: PreparedText): Buffer {
  return Buffer.from(words.buffer, words.byteOffset, size);
}

/** Writes prepared bytes without asking for room. */
export function putPrepared(out: OutputBuffer, { words, size }: PreparedText): void {
  const view = out.view;
  let at = out.length;
  for (let k = 0; k < words.length; k++, at += 4) view.setInt32(at, words[k] as number, true);
  out.length += size;
}
