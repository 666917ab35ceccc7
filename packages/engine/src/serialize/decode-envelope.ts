import { isLosslessNumber, parse, stringify } from 'lossless-json';

/**
 * Reads records for people. Runs in browsers: no Node, no Kafka client. Values keep their exact text: a number is never
 * made a double.
 */

/** One field of a row, its value as exact JSON text. */
export interface DecodedField {
  readonly name: string;
  readonly json: string;
}

/** One field of a change: undefined on a side means that the row image does not have it. */
export interface FieldDifference {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly changed: boolean;
}

export type DecodedRecord =
  /** A Debezium change event. */
  | {
      readonly kind: 'change';
      readonly operation: 'create' | 'update' | 'delete' | 'read' | 'truncate' | 'message';
      readonly key: string | null;
      readonly before: readonly DecodedField[] | null;
      readonly after: readonly DecodedField[] | null;
      readonly differences: readonly FieldDifference[];
      readonly source: readonly DecodedField[];
      readonly value: string;
    }
  | { readonly kind: 'tombstone'; readonly key: string | null }
  /** JSON, but no change event. */
  | { readonly kind: 'json'; readonly key: string | null; readonly value: string }
  /** Not JSON: shown as text where it is UTF-8, else null. */
  | { readonly kind: 'raw'; readonly key: string | null; readonly text: string | null };

export interface RecordBytes {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
}

const OPERATIONS = {
  c: 'create',
  u: 'update',
  d: 'delete',
  r: 'read',
  t: 'truncate',
  m: 'message',
} as const;

type JsonObject = { readonly [name: string]: unknown };

/** Decodes a record with or without the `{"schema","payload"}` wrapping of Kafka Connect. Never throws. */
export function decodeRecord({ key, value }: RecordBytes): DecodedRecord {
  const keyText = key === null ? null : prettyOrText(key);
  if (value === null) return { kind: 'tombstone', key: keyText };
  const text = utf8(value);
  const parsed = text === null ? undefined : parseExact(text);
  if (parsed === undefined) return { kind: 'raw', key: keyText, text };
  const pretty = exactJson(parsed, 2);
  const payload = isObject(parsed) && isObject(parsed.payload) ? parsed.payload : parsed;
  const operation = operationOf(payload);
  if (!isObject(payload) || operation === null) return { kind: 'json', key: keyText, value: pretty };
  const before = fieldsOf(payload.before);
  const after = fieldsOf(payload.after);
  return {
    kind: 'change',
    operation,
    key: keyText,
    before,
    after,
    differences: differencesOf(before, after),
    source: fieldsOf(payload.source) ?? [],
    value: pretty,
  };
}

/** Pretty-prints JSON text without touching a digit; null when it is not JSON. */
export function prettyJson(text: string): string | null {
  const parsed = parseExact(text);
  return parsed === undefined ? null : exactJson(parsed, 2);
}

function operationOf(payload: unknown): (typeof OPERATIONS)[keyof typeof OPERATIONS] | null {
  if (!isObject(payload) || !('source' in payload)) return null;
  const op = payload.op;
  switch (op) {
    case 'c':
    case 'u':
    case 'd':
    case 'r':
    case 't':
    case 'm':
      return OPERATIONS[op];
    default:
      return null;
  }
}

function differencesOf(
  before: readonly DecodedField[] | null,
  after: readonly DecodedField[] | null,
): FieldDifference[] {
  const old = new Map((before ?? []).map((field) => [field.name, field.json]));
  const now = new Map((after ?? []).map((field) => [field.name, field.json]));
  const names = new Set([...now.keys(), ...old.keys()]);
  return [...names].map((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    return { name, before: was, after: is, changed: was !== is };
  });
}

function fieldsOf(value: unknown): DecodedField[] | null {
  if (!isObject(value)) return null;
  return Object.entries(value).map(([name, field]) => ({ name, json: exactJson(field) }));
}

function prettyOrText(bytes: Uint8Array): string {
  const text = utf8(bytes);
  if (text === null) return hex(bytes);
  const parsed = parseExact(text);
  return parsed === undefined ? text : exactJson(parsed);
}

function exactJson(value: unknown, indent?: number): string {
  return stringify(value, undefined, indent) ?? 'null';
}

/** Undefined: not JSON. */
function parseExact(text: string): unknown {
  try {
    return parse(text) ?? null;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
