import { malformed } from '../bytes/byte-source.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import type { CodecContext, ImageCodec, ImageContext, TextJsonWriter } from './column-codec.ts';
import { appendFloat } from './java-floats.ts';
import { prefixBytes, valueEnd } from './var-length.ts';

function floatsOf(stored: Buffer): Float32Array {
  if (stored.length % 4 !== 0) throw malformed(`A vector of ${stored.length} bytes does not exist.`);
  return Float32Array.from({ length: stored.length / 4 }, (_, i) => stored.readFloatLE(i * 4));
}

function appendVector(stored: Buffer, out: OutputBuffer): void {
  const floats = floatsOf(stored);
  out.appendText('[');
  floats.forEach((value, i) => {
    if (i > 0) out.appendText(',');
    appendFloat(out, value);
  });
  out.appendText(']');
}

/** Row images of VECTOR(n): a length prefix and n little-endian float32 on both servers (`io.debezium.data.FloatVector`). */
export function vectorImage({ wire }: ImageContext<'vector'>): ImageCodec {
  const prefix = prefixBytes(wire);
  return {
    minBytes: prefix,
    maxFixedJson: 0,
    readValue: (src, pos) => floatsOf(src.bytes.subarray(pos + prefix, valueEnd(src, pos, prefix))),
    skip: (src, pos) => valueEnd(src, pos, prefix),
    writeJson: (src, pos, out) => {
      const end = valueEnd(src, pos, prefix);
      appendVector(src.bytes.subarray(pos + prefix, end), out);
      return end;
    },
  };
}

/** The text protocol sends the stored bytes. */
export function vectorText(_context: CodecContext<'vector'>): TextJsonWriter {
  return (cell, out) => appendVector(cell.bytes.subarray(cell.start, cell.end), out);
}
