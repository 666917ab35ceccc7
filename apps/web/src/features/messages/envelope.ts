import { isLosslessNumber, type LosslessNumber, parse, stringify } from 'lossless-json';

/** JSON whose numbers keep their exact digits. */
export type ExactJson =
  | null
  | boolean
  | string
  | LosslessNumber
  | readonly ExactJson[]
  | { readonly [name: string]: ExactJson };
type ExactObject = { readonly [name: string]: ExactJson };

/** A change event as read from a message's value. */
export interface Envelope {
  op: string;
  before: ExactObject | null;
  after: ExactObject | null;
  source: ExactObject | null;
}

/** Parses JSON text without losing a digit; undefined when it is not JSON. */
export function parseExact(text: string): ExactJson | undefined {
  try {
    return parse(text) as ExactJson;
  } catch {
    return undefined;
  }
}

function isExactObject(value: ExactJson | undefined): value is ExactObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}

/** Indented JSON with the digits as they were written. */
export function prettyExact(value: ExactJson): string {
  return stringify(value, undefined, 2) ?? 'null';
}

/** One value on one line: strings bare, everything else as JSON. */
export function plainExact(value: ExactJson): string {
  return typeof value === 'string' ? value : (stringify(value) ?? 'null');
}

/** Reads a Debezium envelope, with or without its schema around it; null for any other value. */
export function readEnvelope(text: string): Envelope | null {
  let value = parseExact(text);
  if (isExactObject(value) && 'schema' in value && isExactObject(value.payload)) value = value.payload;
  if (!isExactObject(value) || typeof value.op !== 'string') return null;
  const side = (name: string): ExactObject | null => {
    const found = value[name];
    return isExactObject(found) ? found : null;
  };
  return { op: value.op, before: side('before'), after: side('after'), source: side('source') };
}

/** One column of a row before and after. `undefined` on a side means that the side does not have it. */
export interface ColumnChange {
  name: string;
  before: ExactJson | undefined;
  after: ExactJson | undefined;
  changed: boolean;
}

/** All columns of a change, changed ones first, each group in the table's order. */
export function columnChanges(envelope: Envelope): ColumnChange[] {
  const { before, after } = envelope;
  const names = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])];
  const rows = names.map((name): ColumnChange => {
    const old = before?.[name];
    const now = after?.[name];
    const both = before !== null && after !== null;
    const same = old !== undefined && now !== undefined && stringify(old) === stringify(now);
    return { name, before: old, after: now, changed: both ? !same : true };
  });
  return [...rows.filter((row) => row.changed), ...rows.filter((row) => !row.changed)];
}

const PREVIEW_LENGTH = 400;

/** What a list shows of a message on one line: the changed columns of an update, else the row. */
export function previewOf(text: string, truncated: boolean): string {
  const envelope = truncated ? null : readEnvelope(text);
  if (envelope === null) return text.slice(0, PREVIEW_LENGTH);
  const changes = columnChanges(envelope).filter((change) => change.changed);
  const parts = changes.map((change) => {
    const value = change.after === undefined ? change.before : change.after;
    return `${change.name}=${value === undefined ? '' : plainExact(value)}`;
  });
  return parts.join('  ').slice(0, PREVIEW_LENGTH);
}
