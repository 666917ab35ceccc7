import type { ByteSource } from '../bytes/byte-source.ts';
import { JsonType, jsonValueEnd } from '../columns/json-form.ts';
import type { JsonContainer } from './json-container.ts';

/** A binary JSON value as it stands in a document: `bytes[start..end)`, its type byte apart. Its meaning does not depend on where it is. */
export interface JsonSlice extends ByteSource {
  readonly type: number;
  readonly start: number;
}

/** A value of a document that is being changed: bytes, until something in it changes. */
export type JsonNode = JsonSlice | JsonContainer;

const NULL_LITERAL: JsonSlice = { type: JsonType.LITERAL, bytes: Buffer.of(0), start: 0, end: 1 };

/** The value whose bytes begin at `pos`; throws `BINLOG_EVENT_MALFORMED` where it does not end within `src`. */
export function jsonSlice(src: ByteSource, type: number, pos: number): JsonSlice {
  return { type, bytes: src.bytes, start: pos, end: jsonValueEnd(src, type, pos) };
}

/** The value that is the whole of `bytes[start..end)`, its type byte first. As the server has it, an empty document is `null`. */
export function jsonDocument(src: ByteSource, start: number): JsonSlice {
  if (start === src.end) return NULL_LITERAL;
  return jsonSlice(src, src.bytes[start] as number, start + 1);
}
