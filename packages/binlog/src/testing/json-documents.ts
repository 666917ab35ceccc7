import fc from 'fast-check';
import { JsonType } from '../columns/json-form.ts';

/** A JSON document; objects are maps, for keys like `1` would lose their place in a JavaScript object. */
export type JsonDocument = null | boolean | number | string | JsonDocument[] | Map<string, JsonDocument>;

const KEYS = ['a', 'b', 'key', 'b c', '', '1', '"', 'ü', '€.[0]', '\\', '$', 'last', '\n', '🙂'];

const scalar: fc.Arbitrary<JsonDocument> = fc.oneof(
  fc.constantFrom(null, true, false),
  fc.integer({ min: -40_000, max: 70_000 }),
  fc.maxSafeInteger(),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  { weight: 1, arbitrary: fc.integer({ min: 250, max: 300 }).map((size) => 'x'.repeat(size)) },
);

/** Small documents, one in a few with a text that needs the large format. */
export const jsonDocument: fc.Arbitrary<JsonDocument> = fc.letrec<{ value: JsonDocument }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 300, arbitrary: scalar },
    { weight: 200, arbitrary: fc.array(tie('value'), { maxLength: 6 }) },
    {
      weight: 300,
      arbitrary: fc
        .array(fc.tuple(fc.constantFrom(...KEYS), tie('value')), { maxLength: 6 })
        .map((members) => new Map(members)),
    },
    { weight: 1, arbitrary: fc.constant('y'.repeat(70_000)) },
  ),
})).value;

/** Keys in the order of the server: by length in bytes, then by bytes. */
function sorted(document: Map<string, JsonDocument>): [string, JsonDocument][] {
  const members = [...document].map(([key, value]) => ({ key, bytes: Buffer.from(key), value }));
  members.sort((a, b) => a.bytes.length - b.bytes.length || Buffer.compare(a.bytes, b.bytes));
  return members.map(({ key, value }) => [key, value]);
}

/** Compact text as `appendBinaryJson` gives it. */
export function jsonText(document: JsonDocument): string {
  if (Array.isArray(document)) return `[${document.map(jsonText).join(',')}]`;
  if (!(document instanceof Map)) return JSON.stringify(document);
  return `{${sorted(document)
    .map(([key, value]) => `${JSON.stringify(key)}:${jsonText(value)}`)
    .join(',')}}`;
}

/** Binary JSON, type byte first: a container is large where it must be, or where `large` says so. */
export function binaryJson(document: JsonDocument, large = false): Buffer {
  if (Array.isArray(document)) return container({ keys: null, values: document }, large);
  if (document instanceof Map) {
    const members = sorted(document);
    const keys = members.map(([key]) => Buffer.from(key));
    return container({ keys, values: members.map(([, value]) => value) }, large);
  }
  if (typeof document === 'string') {
    const text = Buffer.from(document);
    return Buffer.concat([Buffer.of(JsonType.STRING), varLength(text.length), text]);
  }
  return typeof document === 'number'
    ? integer(document)
    : Buffer.of(JsonType.LITERAL, document === null ? 0 : document ? 1 : 2);
}

function integer(value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeBigInt64LE(BigInt(value), 1);
  const size = value === (value << 16) >> 16 ? 2 : value === (value | 0) ? 4 : 8;
  bytes[0] = size === 2 ? JsonType.INT16 : size === 4 ? JsonType.INT32 : JsonType.INT64;
  return bytes.subarray(0, 1 + size);
}

function varLength(size: number): Buffer {
  const bytes: number[] = [];
  for (let left = size; ; left >>>= 7) {
    bytes.push(left < 128 ? left : (left & 127) | 128);
    if (left < 128) return Buffer.from(bytes);
  }
}

function container(
  { keys, values }: { keys: Buffer[] | null; values: JsonDocument[] },
  large: boolean,
): Buffer {
  const width = large ? 4 : 2;
  const head: Buffer[] = [];
  const data: Buffer[] = [];
  let at = 2 * width + values.length * (width + 1 + (keys === null ? 0 : width + 2));
  const put = (bytes: Buffer): number => {
    data.push(bytes);
    at += bytes.length;
    return at - bytes.length;
  };
  for (const key of keys ?? []) head.push(uint(put(key), width), uint(key.length, 2));
  for (const value of values) {
    const [type = 0, ...bytes] = binaryJson(value, large);
    const isInEntry = bytes.length <= width && type <= JsonType.INT32 && type >= JsonType.LITERAL;
    const entry = Buffer.concat([Buffer.from(bytes), Buffer.alloc(width)]).subarray(0, width);
    head.push(Buffer.of(type), isInEntry ? entry : uint(put(Buffer.from(bytes)), width));
  }
  if (at > 0xffff && !large) return container({ keys, values }, true);
  const type = (keys === null ? JsonType.SMALL_ARRAY : JsonType.SMALL_OBJECT) + (large ? 1 : 0);
  return Buffer.concat([Buffer.of(type), uint(values.length, width), uint(at, width), ...head, ...data]);
}

function uint(value: number, size: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes.subarray(0, size);
}
