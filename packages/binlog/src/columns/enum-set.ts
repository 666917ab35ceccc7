import { malformed } from '../bytes/byte-source.ts';
import { u8, u16le } from '../bytes/fixed-ints.ts';
import { appendJsonString } from '../bytes/json-string.ts';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import type { CodecContext, ImageCodec, ImageContext, TextJsonWriter } from './column-codec.ts';
import { withNativeForm } from './native-form.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;

function jsonOf(label: string): Buffer {
  const out = new OutputBuffer({ initialBytes: 256 });
  appendJsonString(out, label);
  return out.copyFrom();
}

/** Row images of ENUM: the label's number from 1 in one or two bytes; 0 is the empty string of an invalid value. */
export function enumImage({ type, wire }: ImageContext<'enum'>): ImageCodec {
  const size = wire.size === 2 ? 2 : 1;
  const prepared = ['', ...type.labels].map(jsonOf);
  const labels = ['', ...type.labels];
  const maxFixedJson = prepared.reduce((widest, label) => Math.max(widest, label.length), 0);
  const indexAt = (bytes: Buffer, pos: number): number => (size === 1 ? u8(bytes, pos) : u16le(bytes, pos));
  const codec: ImageCodec = {
    minBytes: size,
    maxFixedJson,
    readValue: (src, pos) => {
      const label = labels[indexAt(src.bytes, pos)];
      if (label === undefined) throw noLabel(indexAt(src.bytes, pos), type.labels.length);
      return label;
    },
    skip: (_src, pos) => pos + size,
    writeJson: (src, pos, out) => {
      const label = prepared[indexAt(src.bytes, pos)];
      if (label === undefined) throw noLabel(indexAt(src.bytes, pos), type.labels.length);
      const bytes = out.bytes;
      let at = out.length;
      for (let i = 0; i < label.length; i++) bytes[at++] = label[i] as number;
      out.length = at;
      return pos + size;
    },
  };
  return withNativeForm(codec, { kind: 'enum', a: size, texts: prepared });
}

function noLabel(index: number, count: number): Error {
  return malformed(`Label ${index} is used where the column has ${count}.`);
}

/** Row images of SET: a bit per label, little-endian, 1 to 8 bytes. */
export function setImage({ type, wire }: ImageContext<'set'>): ImageCodec {
  const size = wire.size;
  if (type.labels.length > size * 8)
    throw malformed(`A SET of ${size} bytes cannot have ${type.labels.length} labels.`);
  const inner = type.labels.map((label) => jsonOf(label).subarray(1, -1));
  const maxFixedJson = inner.reduce((sum, label) => sum + label.length + 1, 2);
  const isSet = (bytes: Buffer, pos: number, label: number): boolean =>
    (u8(bytes, pos + (label >> 3)) & (1 << (label & 7))) !== 0;
  const checkLabels = (bytes: Buffer, pos: number): void => {
    for (let label = inner.length; label < size * 8; label++) {
      if (isSet(bytes, pos, label)) throw noLabel(label + 1, inner.length);
    }
  };
  const codec: ImageCodec = {
    minBytes: size,
    maxFixedJson,
    readValue: (src, pos) => {
      checkLabels(src.bytes, pos);
      return type.labels.filter((_, label) => isSet(src.bytes, pos, label)).join(',');
    },
    skip: (_src, pos) => pos + size,
    writeJson: (src, pos, out) => {
      checkLabels(src.bytes, pos);
      out.bytes[out.length++] = QUOTE;
      let first = true;
      for (let label = 0; label < inner.length; label++) {
        if (!isSet(src.bytes, pos, label)) continue;
        if (!first) out.bytes[out.length++] = COMMA;
        first = false;
        out.appendBytes(inner[label] as Buffer);
      }
      out.bytes[out.length++] = QUOTE;
      return pos + size;
    },
  };
  return withNativeForm(codec, { kind: 'set', a: size, texts: inner });
}

/** Server text of ENUM and SET: the label, or labels joined by commas. */
export function labelText(_context: CodecContext<'enum'> | CodecContext<'set'>): TextJsonWriter {
  return (cell, out) => out.appendJsonUtf8(cell.bytes, cell.start, cell.end);
}
