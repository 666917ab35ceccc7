import { type ByteSource, malformed } from '../bytes/byte-source.ts';
import { appendBigint, appendInt } from '../bytes/digits.ts';
import { EventReader } from '../bytes/event-reader.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import { appendOpaque } from './json-opaque.ts';

/** Value types of MySQL's binary JSON. Source: MySQL `sql-common/json_binary.cc`. */
const SMALL_OBJECT = 0;
const LARGE_OBJECT = 1;
const SMALL_ARRAY = 2;
const LARGE_ARRAY = 3;
const LITERAL = 4;
const LITERALS = ['null', 'true', 'false'] as const;
/** The server's own limit. */
export const MAX_JSON_DEPTH = 100;

interface Frame {
  readonly src: ByteSource;
  readonly depth: number;
  /** Bytes that may still be used: offsets could otherwise point many entries at one subtree or text without end. */
  readonly budget: { left: number };
}

/** Appends a binary JSON document as compact JSON text; key order is the document's. An empty document is `null`. */
export function appendBinaryJson(src: ByteSource, pos: number, out: OutputBuffer): void {
  if (pos === src.end) {
    out.appendText('null');
    return;
  }
  const reader = new EventReader(src, pos);
  const type = reader.uint(1);
  appendValue(out, { type, pos: reader.pos }, { src, depth: 0, budget: { left: src.end - pos } });
}

function appendValue(out: OutputBuffer, value: { type: number; pos: number }, frame: Frame): void {
  if (frame.depth > MAX_JSON_DEPTH)
    throw malformed(`A JSON document is nested deeper than ${MAX_JSON_DEPTH}.`);
  spend(frame, 1);
  const reader = new EventReader(frame.src, value.pos);
  switch (value.type) {
    case SMALL_OBJECT:
    case LARGE_OBJECT:
    case SMALL_ARRAY:
    case LARGE_ARRAY:
      appendContainer(out, value, frame);
      return;
    case 12: {
      const text = reader.take(readJsonLength(reader));
      spend(frame, text.length);
      out.appendJsonUtf8(text, 0, text.length);
      return;
    }
    case 15: {
      const fieldType = reader.uint(1);
      const data = reader.take(readJsonLength(reader));
      spend(frame, data.length);
      appendOpaque(out, fieldType, data);
      return;
    }
    default:
      appendScalar(out, value.type, reader);
  }
}

/** In a document as the server writes it every byte has one use. */
function spend({ budget }: Frame, bytes: number): void {
  budget.left -= bytes;
  if (budget.left < 0) throw malformed('A JSON document uses more bytes than it has.');
}

function appendScalar(out: OutputBuffer, type: number, reader: EventReader): void {
  switch (type) {
    case LITERAL:
      out.appendText(literal(reader.uint(1)));
      return;
    case 5:
      appendInt(out, (reader.uint(2) << 16) >> 16);
      return;
    case 6:
      appendInt(out, reader.uint(2));
      return;
    case 7:
      appendInt(out, reader.uint(4) | 0);
      return;
    case 8:
      appendInt(out, reader.uint(4));
      return;
    case 9:
      appendBigint(out, BigInt.asIntN(64, reader.uint64()));
      return;
    case 10:
      appendBigint(out, reader.uint64());
      return;
    case 11:
      out.appendText(serverDouble(reader.take(8).readDoubleLE(0)));
      return;
    default:
      throw malformed(`A JSON value of type ${type} is not known.`);
  }
}

function literal(code: number): string {
  const text = LITERALS[code];
  if (text === undefined) throw malformed(`A JSON literal ${code} is not known.`);
  return text;
}

/** Offsets are counted from the byte behind the container's type. */
function appendContainer(out: OutputBuffer, value: { type: number; pos: number }, frame: Frame): void {
  const large = value.type === LARGE_OBJECT || value.type === LARGE_ARRAY;
  const isObject = value.type === SMALL_OBJECT || value.type === LARGE_OBJECT;
  const width = large ? 4 : 2;
  const header = new EventReader(frame.src, value.pos);
  const count = header.uint(width);
  const size = header.uint(width);
  const keysAt = header.pos;
  const valuesAt = keysAt + (isObject ? count * (width + 2) : 0);
  if (value.pos + size > frame.src.end || valuesAt + count * (width + 1) > value.pos + size) {
    throw malformed(`A JSON container of ${count} entries and ${size} bytes does not fit.`);
  }
  const inner: Frame = {
    src: { bytes: frame.src.bytes, end: value.pos + size },
    depth: frame.depth + 1,
    budget: frame.budget,
  };
  out.appendText(isObject ? '{' : '[');
  for (let i = 0; i < count; i++) {
    if (i > 0) out.appendText(',');
    if (isObject) appendKey(out, { base: value.pos, entry: keysAt + i * (width + 2), width }, inner);
    appendEntry(out, { base: value.pos, entry: valuesAt + i * (width + 1), width }, inner);
  }
  out.appendText(isObject ? '}' : ']');
}

interface EntryAt {
  readonly base: number;
  readonly entry: number;
  readonly width: 2 | 4;
}

function appendKey(out: OutputBuffer, at: EntryAt, frame: Frame): void {
  const reader = new EventReader(frame.src, at.entry);
  const offset = reader.uint(at.width);
  const size = reader.uint(2);
  const key = new EventReader(frame.src, at.base + offset).take(size);
  spend(frame, size);
  out.appendJsonUtf8(key, 0, key.length);
  out.appendText(':');
}

function appendEntry(out: OutputBuffer, at: EntryAt, frame: Frame): void {
  const reader = new EventReader(frame.src, at.entry);
  const type = reader.uint(1);
  const inlined =
    type === LITERAL || type === 5 || type === 6 || (at.width === 4 && (type === 7 || type === 8));
  const pos = inlined ? reader.pos : at.base + reader.uint(at.width);
  appendValue(out, { type, pos }, frame);
}

/** Reads the length of a string: seven bits a byte, least significant first, at most five bytes. */
export function readJsonLength(reader: EventReader): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = reader.uint(1);
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw malformed('A JSON length has more than five bytes.');
}

/** A double as the server prints it in JSON: plain from 1e-15 up to 1e15 and where it has a fraction, `1.5e20` elsewhere, `.0` behind whole numbers. */
export function serverDouble(value: number): string {
  if (!Number.isFinite(value)) throw malformed(`A JSON number is ${value}.`);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < -15 || (exponent >= 15 && digits.length <= exponent + 1)) return `${mantissa}e${exponent}`;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}
