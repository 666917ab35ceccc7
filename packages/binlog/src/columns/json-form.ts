import { type ByteSource, malformed } from '../bytes/byte-source.ts';
import { EventReader } from '../bytes/event-reader.ts';
import { u16le, u32le } from '../bytes/fixed-ints.ts';
import { readJsonLength } from './json-binary.ts';

/**
 * Value types of MySQL's binary JSON. Source: MySQL `sql-common/json_binary.cc`. Where every document passes, in `json-binary.ts`,
 * they are written as numbers: a property costs a third more time there.
 */
export const JsonType = {
  SMALL_OBJECT: 0,
  LARGE_OBJECT: 1,
  SMALL_ARRAY: 2,
  LARGE_ARRAY: 3,
  LITERAL: 4,
  INT16: 5,
  UINT16: 6,
  INT32: 7,
  UINT32: 8,
  INT64: 9,
  UINT64: 10,
  DOUBLE: 11,
  STRING: 12,
  OPAQUE: 15,
} as const;

/** An object or array: its counts, sizes and offsets have `width` bytes; offsets are counted from its first byte. */
export interface ContainerForm {
  readonly isObject: boolean;
  readonly width: 2 | 4;
}

const SMALL_OBJECT: ContainerForm = { isObject: true, width: 2 };
const LARGE_OBJECT: ContainerForm = { isObject: true, width: 4 };
const SMALL_ARRAY: ContainerForm = { isObject: false, width: 2 };
const LARGE_ARRAY: ContainerForm = { isObject: false, width: 4 };

/** How a container of that type is laid out; null for a scalar. */
export function containerForm(type: number): ContainerForm | null {
  switch (type) {
    case JsonType.SMALL_OBJECT:
      return SMALL_OBJECT;
    case JsonType.LARGE_OBJECT:
      return LARGE_OBJECT;
    case JsonType.SMALL_ARRAY:
      return SMALL_ARRAY;
    case JsonType.LARGE_ARRAY:
      return LARGE_ARRAY;
    default:
      return null;
  }
}

/** True for values that stand in the entry of a container of that width, in the place of an offset. */
export function isInlined(type: number, width: 2 | 4): boolean {
  if (type === JsonType.LITERAL || type === JsonType.INT16 || type === JsonType.UINT16) return true;
  return width === 4 && (type === JsonType.INT32 || type === JsonType.UINT32);
}

/** The offset behind a value whose bytes, its type not among them, begin at `pos`. What is in a container is not looked at. */
export function jsonValueEnd(src: ByteSource, type: number, pos: number): number {
  switch (type) {
    case JsonType.LITERAL:
      return within(src, pos + 1);
    case JsonType.INT16:
    case JsonType.UINT16:
      return within(src, pos + 2);
    case JsonType.INT32:
    case JsonType.UINT32:
      return within(src, pos + 4);
    case JsonType.INT64:
    case JsonType.UINT64:
    case JsonType.DOUBLE:
      return within(src, pos + 8);
    case JsonType.STRING:
      return textEnd(src, pos);
    case JsonType.OPAQUE:
      return textEnd(src, pos + 1);
    default:
      return containerEnd(src, type, pos);
  }
}

function textEnd(src: ByteSource, pos: number): number {
  const first = src.bytes[pos] as number;
  if (pos < src.end && first < 0x80) return within(src, pos + 1 + first);
  const reader = new EventReader(src, pos);
  const size = readJsonLength(reader);
  return within(src, reader.pos + size);
}

function containerEnd(src: ByteSource, type: number, pos: number): number {
  const form = containerForm(type);
  if (form === null) throw malformed(`A JSON value of type ${type} is not known.`);
  const head = 2 * form.width;
  within(src, pos + head);
  const size = form.width === 2 ? u16le(src.bytes, pos + 2) : u32le(src.bytes, pos + 4);
  if (size < head) throw malformed(`A JSON container has ${size} bytes.`);
  return within(src, pos + size);
}

function within({ end }: ByteSource, pos: number): number {
  if (pos > end) throw malformed(`A JSON value ends at byte ${pos} of a document that ends at ${end}.`);
  return pos;
}
