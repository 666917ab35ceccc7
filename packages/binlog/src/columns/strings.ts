import { malformed } from '../bytes/byte-source.ts';
import { inflateExactly } from '../bytes/inflate.ts';
import { ESCAPE, putEscape } from '../bytes/json-escapes.ts';
import { appendJsonString } from '../bytes/json-string.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import { type WireColumn, WireType } from '../table/wire-type.ts';
import { type CharsetPath, charsetPath } from './charsets.ts';
import type { CodecContext, ImageCodec, ImageContext, TextCell, TextJsonWriter } from './column-codec.ts';
import { type NativeForm, withNativeForm } from './native-form.ts';
import { prefixBytes, valueEnd } from './var-length.ts';

const QUOTE = 0x22;
const PIECE_BYTES = 4096;

/** Writes encoded text as a JSON string. */
type StringWriter = (bytes: Buffer, range: { start: number; end: number }, out: OutputBuffer) => void;

/** Single-byte charsets: one table look-up per byte, of what the character is within JSON. */
function appendMapped(characters: readonly Buffer[]): StringWriter {
  const table = characters.map(escaped);
  return (bytes, range, out) => {
    out.ensure(1);
    out.bytes[out.length++] = QUOTE;
    for (let at = range.start; at < range.end; at += PIECE_BYTES) {
      putMapped({ bytes, start: at, end: Math.min(at + PIECE_BYTES, range.end) }, out, table);
    }
    out.ensure(1);
    out.bytes[out.length++] = QUOTE;
  };
}

function putMapped(cell: TextCell, out: OutputBuffer, table: readonly Buffer[]): void {
  out.ensure((cell.end - cell.start) * 6);
  const target = out.bytes;
  let at = out.length;
  for (let i = cell.start; i < cell.end; i++) {
    const utf8 = table[cell.bytes[i] as number] as Buffer;
    for (let k = 0; k < utf8.length; k++) target[at++] = utf8[k] as number;
  }
  out.length = at;
}

/** Not every byte that JSON escapes is that character: 0x5C is a letter in swe7. */
function escaped(utf8: Buffer): Buffer {
  const byte = utf8[0] as number;
  if (byte >= 0x80 || (ESCAPE[byte] as number) === 0) return utf8;
  const json = Buffer.alloc(6);
  return json.subarray(0, putEscape(json, 0, byte));
}

function stringWriter(charset: string): StringWriter {
  const path = charsetPath(charset);
  if (path.kind === 'utf8') return (bytes, range, out) => out.appendJsonUtf8(bytes, range.start, range.end);
  if (path.kind === 'single') return appendMapped(path.table);
  return (bytes, range, out) => appendJsonString(out, path.decode(bytes.subarray(range.start, range.end)));
}

/** True for MariaDB's COMPRESSED columns. */
export function isCompressedColumn(wire: WireColumn): boolean {
  return wire.type === WireType.BLOB_COMPRESSED || wire.type === WireType.VARCHAR_COMPRESSED;
}

/**
 * A value of a MariaDB COMPRESSED column: empty, or a byte 0 and the plain data, or a header byte whose upper
 * half is 8 (zlib without header where bit 3 is set) and whose lower three bits are the size of the original length.
 * Source: MariaDB `sql/field.cc`, compress_zlib.
 */
export function decompressColumn(stored: Buffer): Buffer {
  const header = stored[0];
  if (header === undefined) return stored;
  if (header === 0) return stored.subarray(1);
  const lengthBytes = header & 7;
  if (header >> 4 !== 8 || lengthBytes < 1 || lengthBytes > 4 || stored.length < 1 + lengthBytes) {
    throw malformed(`A compressed column value starts with byte ${header}.`);
  }
  const size = stored.readUIntLE(1, lengthBytes);
  const packed = stored.subarray(1 + lengthBytes);
  return inflateExactly(packed, { raw: (header & 8) !== 0, size });
}

/** Row images of CHAR, VARCHAR and TEXT: a length prefix, then the text in the column's charset. */
export function stringImage({ type, wire }: ImageContext<'string'>): ImageCodec {
  const prefix = prefixBytes(wire);
  const append = stringWriter(type.charset);
  const path = charsetPath(type.charset);
  const compressed = isCompressedColumn(wire);
  const decode = (bytes: Buffer): string => {
    const plain = compressed ? decompressColumn(bytes) : bytes;
    if (path.kind === 'utf8') return plain.toString('utf8');
    if (path.kind === 'multi') return path.decode(plain);
    return Buffer.concat(Array.from(plain, (byte) => path.table[byte] as Buffer)).toString('utf8');
  };
  const base = {
    minBytes: prefix,
    maxFixedJson: 0,
    readValue: ((src, pos) =>
      decode(src.bytes.subarray(pos + prefix, valueEnd(src, pos, prefix)))) as ImageCodec['readValue'],
    skip: ((src, pos) => valueEnd(src, pos, prefix)) as ImageCodec['skip'],
  };
  const codec = {
    ...base,
    writeJson: imageWriter({ prefix, append, compressed, utf8: path.kind === 'utf8' }),
  };
  return withNativeForm(codec, compressed ? null : nativeForm(path, prefix));
}

function nativeForm(path: CharsetPath, prefix: number): NativeForm | null {
  if (path.kind === 'multi') return null;
  if (path.kind === 'utf8') return { kind: 'utf8', a: prefix };
  return { kind: 'single-byte', a: prefix, texts: path.table.map(escaped) };
}

function imageWriter(options: {
  prefix: number;
  append: StringWriter;
  compressed: boolean;
  utf8: boolean;
}): ImageCodec['writeJson'] {
  const { prefix, append, compressed, utf8 } = options;
  if (compressed) {
    return (src, pos, out) => {
      const end = valueEnd(src, pos, prefix);
      const plain = decompressColumn(src.bytes.subarray(pos + prefix, end));
      append(plain, { start: 0, end: plain.length }, out);
      return end;
    };
  }
  if (utf8) {
    return (src, pos, out) => {
      const end = valueEnd(src, pos, prefix);
      out.appendJsonUtf8(src.bytes, pos + prefix, end);
      return end;
    };
  }
  return (src, pos, out) => {
    const end = valueEnd(src, pos, prefix);
    append(src.bytes, { start: pos + prefix, end }, out);
    return end;
  };
}

/** Server text of character data: UTF-8, whatever the column's charset. */
export function stringText(_context: CodecContext<'string'>): TextJsonWriter {
  return (cell, out) => out.appendJsonUtf8(cell.bytes, cell.start, cell.end);
}
