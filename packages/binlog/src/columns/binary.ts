import { appendBinary, type BinarySpelling, SHORT_BYTES } from '../bytes/base64.ts';
import type { CodecContext, ImageCodec, ImageContext, TextJsonWriter } from './column-codec.ts';
import type { HandlingModes } from './handling-modes.ts';
import { withNativeForm } from './native-form.ts';
import { decompressColumn, isCompressedColumn } from './strings.ts';
import { prefixBytes, valueEnd } from './var-length.ts';

/** `bytes` is base64 too once it stands in JSON. */
function spellingOf(modes: HandlingModes): BinarySpelling {
  return modes.binaryHandlingMode === 'bytes' ? 'base64' : modes.binaryHandlingMode;
}

/** Row images of BINARY, VARBINARY and BLOB. The binlog cuts BINARY's trailing zero bytes; they are put back. */
export function binaryImage({ type, wire, modes }: ImageContext<'binary'>): ImageCodec {
  const prefix = prefixBytes(wire);
  const padTo = type.kind === 'binary' ? type.length : 0;
  const options = { spelling: spellingOf(modes), padTo };
  const compressed = isCompressedColumn(wire);
  const isPlain = !compressed && options.spelling === 'base64';
  const codec: ImageCodec = {
    minBytes: prefix,
    maxFixedJson: 0,
    readValue: (src, pos) => {
      const stored = src.bytes.subarray(pos + prefix, valueEnd(src, pos, prefix));
      const plain = compressed ? decompressColumn(stored) : stored;
      return Buffer.concat([plain], Math.max(plain.length, padTo));
    },
    skip: (src, pos) => valueEnd(src, pos, prefix),
    writeJson: (src, pos, out) => {
      const end = valueEnd(src, pos, prefix);
      const size = end - pos - prefix;
      if (isPlain && size <= SHORT_BYTES && size >= padTo) {
        out.ensure(2 * SHORT_BYTES);
        out.putBase64(src.bytes, pos + prefix, size);
        return end;
      }
      const stored = src.bytes.subarray(pos + prefix, end);
      appendBinary(compressed ? decompressColumn(stored) : stored, out, options);
      return end;
    },
  };
  return withNativeForm(codec, isPlain ? { kind: 'base64', a: prefix, b: padTo } : null);
}

/** The text protocol sends binary data as it is. */
export function binaryText({ type, modes }: CodecContext<'binary'>): TextJsonWriter {
  const options = { spelling: spellingOf(modes), padTo: type.kind === 'binary' ? type.length : 0 };
  return (cell, out) => appendBinary(cell.bytes.subarray(cell.start, cell.end), out, options);
}
