import { malformed } from '../bytes/byte-source.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import { isInlined, JsonType } from '../columns/json-form.ts';
import { JsonContainer } from './json-container.ts';
import type { JsonNode } from './json-node.ts';

/** The form of a container as it will be written. */
interface Measure {
  readonly width: 2 | 4;
  /** Bytes behind its type byte. */
  readonly size: number;
}

type Measures = Map<JsonContainer, Measure>;

const MAX_SMALL = 0xffff;
const MAX_LARGE = 0xffffffff;

/**
 * Appends a document as binary JSON, its type byte first. As the server does, a container takes the small form where it
 * fits. Source: MySQL `sql-common/json_binary.cc`, serialize_json_object and serialize_json_array.
 */
export function encodeJson(node: JsonNode, out: OutputBuffer): void {
  const measures: Measures = new Map();
  const size = measure(node, measures);
  out.ensure(1 + size);
  out.bytes[out.length] = typeOf(node, measures);
  write(node, { bytes: out.bytes, at: out.length + 1, measures });
  out.length += 1 + size;
}

function measure(node: JsonNode, measures: Measures): number {
  if (!(node instanceof JsonContainer)) return node.end - node.start;
  let parts = 0;
  let inSmall = 0;
  let inLarge = 0;
  for (let place = 0; place < node.count; place++) {
    const value = node.valueAt(place);
    const size = measure(value, measures);
    const type = typeOf(value, measures);
    if (node.isObject) parts += node.keySizeAt(place);
    parts += size;
    if (isInlined(type, 2)) inSmall += size;
    if (isInlined(type, 4)) inLarge += size;
  }
  const small = tableSize(node, 2) + parts - inSmall;
  const width = node.count <= MAX_SMALL && small <= MAX_SMALL ? 2 : 4;
  const size = width === 2 ? small : tableSize(node, 4) + parts - inLarge;
  if (size > MAX_LARGE) throw malformed('A JSON document grows beyond what binary JSON can hold.');
  measures.set(node, { width, size });
  return size;
}

/** Count, size and entries. */
function tableSize({ count, isObject }: JsonContainer, width: 2 | 4): number {
  return 2 * width + count * (width + 1 + (isObject ? width + 2 : 0));
}

function typeOf(node: JsonNode, measures: Measures): number {
  if (!(node instanceof JsonContainer)) return node.type;
  const isSmall = measures.get(node)?.width === 2;
  if (node.isObject) return isSmall ? JsonType.SMALL_OBJECT : JsonType.LARGE_OBJECT;
  return isSmall ? JsonType.SMALL_ARRAY : JsonType.LARGE_ARRAY;
}

interface Target {
  readonly bytes: Buffer;
  /** Where the value goes. */
  readonly at: number;
  readonly measures: Measures;
}

/** Writes a measured value and returns the offset behind it. */
function write(node: JsonNode, { bytes, at, measures }: Target): number {
  if (!(node instanceof JsonContainer)) return at + node.bytes.copy(bytes, at, node.start, node.end);
  const { width, size } = measures.get(node) as Measure;
  putUint(bytes, at, { value: node.count, width });
  putUint(bytes, at + width, { value: size, width });
  const keys = at + 2 * width;
  const values = keys + (node.isObject ? node.count * (width + 2) : 0);
  let data = values + node.count * (width + 1);
  for (let place = 0; node.isObject && place < node.count; place++) {
    const key = node.keyAt(place);
    const entry = keys + place * (width + 2);
    putUint(bytes, entry, { value: data - at, width });
    bytes.writeUInt16LE(key.length, entry + width);
    data += key.copy(bytes, data);
  }
  for (let place = 0; place < node.count; place++) {
    const value = node.valueAt(place);
    const type = typeOf(value, measures);
    const entry = values + place * (width + 1);
    bytes[entry] = type;
    if (isInlined(type, width)) {
      bytes.fill(0, entry + 1, entry + 1 + width);
      write(value, { bytes, at: entry + 1, measures });
    } else {
      putUint(bytes, entry + 1, { value: data - at, width });
      data = write(value, { bytes, at: data, measures });
    }
  }
  return data;
}

function putUint(bytes: Buffer, at: number, { value, width }: { value: number; width: 2 | 4 }): void {
  if (width === 2) bytes.writeUInt16LE(value, at);
  else bytes.writeUInt32LE(value, at);
}
