import type { ByteSource } from '../bytes/byte-source.ts';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import type { CodecContext, ImageCodec, ImageContext, TextCell, TextJsonWriter } from './column-codec.ts';
import { appendBinaryJson } from './json-binary.ts';
import { prefixBytes, valueEnd } from './var-length.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Row images of MySQL JSON: a length prefix and binary JSON; becomes a JSON string that holds compact JSON text. */
export function jsonImage({ wire }: ImageContext<'json'>): ImageCodec {
  const prefix = prefixBytes(wire);
  const scratch = new OutputBuffer({ initialBytes: 1024 });
  const render = (src: ByteSource, pos: number): number => {
    const end = valueEnd(src, pos, prefix);
    scratch.truncate(0);
    appendBinaryJson({ bytes: src.bytes, end }, pos + prefix, scratch);
    return end;
  };
  return {
    minBytes: prefix,
    maxFixedJson: 0,
    readValue: (src, pos) => {
      render(src, pos);
      return scratch.bytes.toString('utf8', 0, scratch.length);
    },
    skip: (src, pos) => valueEnd(src, pos, prefix),
    writeJson: (src, pos, out) => {
      const end = render(src, pos);
      out.appendJsonUtf8(scratch.bytes, 0, scratch.length);
      return end;
    },
  };
}

/** Server text of MySQL JSON: the same text but for a space behind `:` and `,`, which goes. */
export function jsonText(_context: CodecContext<'json'>): TextJsonWriter {
  const scratch = new OutputBuffer({ initialBytes: 1024 });
  return (cell, out) => {
    compact(cell, scratch);
    out.appendJsonUtf8(scratch.bytes, 0, scratch.length);
  };
}

/** Copies JSON text without the white space between its tokens. */
function compact(cell: TextCell, scratch: OutputBuffer): void {
  scratch.truncate(0);
  scratch.ensure(cell.end - cell.start);
  const target = scratch.bytes;
  let at = 0;
  let inString = false;
  for (let i = cell.start; i < cell.end; i++) {
    const byte = cell.bytes[i] as number;
    if (!inString && byte === 0x20) continue;
    target[at++] = byte;
    if (byte === QUOTE) inString = !inString;
    else if (byte === BACKSLASH && inString) target[at++] = cell.bytes[++i] as number;
  }
  scratch.length = at;
}
