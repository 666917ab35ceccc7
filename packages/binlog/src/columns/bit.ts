import type { OutputBuffer } from '../bytes/output-buffer.ts';
import { prepareText, putPrepared } from '../bytes/prepared-text.ts';
import type { CodecContext, ImageCodec, ImageContext, TextJsonWriter } from './column-codec.ts';
import { withNativeForm } from './native-form.ts';

const TRUE = prepareText((out) => out.appendText('true'));
const FALSE = prepareText((out) => out.appendText('false'));
/** Scratch of {@link appendBits}; at most 8 bytes, never kept. */
const reversed = new Uint8Array(8);

/** BIT(1) is a boolean; BIT(n) is base64 of its bytes in little-endian order (`io.debezium.data.Bits`). */
function appendBits(
  out: OutputBuffer,
  bytes: Uint8Array,
  range: { start: number; size: number; bits: number },
): void {
  if (range.bits === 1) {
    out.ensure(FALSE.room);
    putPrepared(out, ((bytes[range.start + range.size - 1] as number) & 1) === 1 ? TRUE : FALSE);
    return;
  }
  for (let i = 0; i < range.size; i++) reversed[i] = bytes[range.start + range.size - 1 - i] as number;
  out.ensure(24);
  out.putBase64(reversed, 0, range.size);
}

/** Row images of BIT(n): ceil(n/8) bytes, big-endian. */
export function bitImage({ type }: ImageContext<'bit'>): ImageCodec {
  const size = (type.length + 7) >> 3;
  const codec: ImageCodec = {
    minBytes: size,
    maxFixedJson: 0,
    readValue: (src, pos) => BigInt(`0x${src.bytes.toString('hex', pos, pos + size)}`),
    skip: (_src, pos) => pos + size,
    writeJson: (src, pos, out) => {
      appendBits(out, src.bytes, { start: pos, size, bits: type.length });
      return pos + size;
    },
  };
  return withNativeForm(codec, { kind: 'bits', a: type.length });
}

/** The text protocol sends BIT as the same big-endian bytes. */
export function bitText({ type }: CodecContext<'bit'>): TextJsonWriter {
  const size = (type.length + 7) >> 3;
  return (cell, out) => {
    const padded = Buffer.alloc(size);
    cell.bytes.copy(padded, size - Math.min(size, cell.end - cell.start), cell.start, cell.end);
    appendBits(out, padded, { start: 0, size, bits: type.length });
  };
}
