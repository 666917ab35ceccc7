import { type PreparedText, preparedBytes } from '../bytes/prepared-text.ts';
import { kindNumber, nativeFormOf } from '../columns/native-form.ts';
import type { ImageColumn } from './row-layout.ts';

const NULL = Buffer.from('null', 'latin1');

/**
 * What native code is told of the columns of an image (`readColumn` in `native/column.h`): their number, and of each kind, `a`, `b` and
 * whether it is written, then what stands before it, what stands for NULL, and its texts. Numbers are 32 bits, little-endian; a text stands
 * behind its size.
 */
export function nativeProgram(columns: readonly ImageColumn[], prefixes: readonly PreparedText[]): Buffer {
  return Buffer.concat([
    int(columns.length),
    ...columns.flatMap((column, i) => describe(column, prefixes[i] as PreparedText)),
  ]);
}

function describe({ codec, included, nullJson }: ImageColumn, prefix: PreparedText): Buffer[] {
  const form = nativeFormOf(codec);
  const texts = form.texts ?? [];
  return [
    ...[kindNumber(form), form.a ?? 0, form.b ?? 0, included ? 1 : 0].map(int),
    ...text(preparedBytes(prefix)),
    ...text(nullJson ?? NULL),
    int(texts.length),
    ...texts.flatMap(text),
  ];
}

function text(bytes: Buffer): Buffer[] {
  return [int(bytes.length), bytes];
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
