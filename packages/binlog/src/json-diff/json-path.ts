import { malformed } from '../bytes/byte-source.ts';
import { MAX_JSON_DEPTH } from '../columns/json-binary.ts';

/** A member of an object by its key, or a cell of an array, counted from its first or from its last. */
export type JsonPathLeg =
  | { readonly key: Buffer }
  | { readonly key: null; readonly index: number; readonly fromEnd: boolean };

const SCOPE = 0x24;
const DOT = 0x2e;
const OPEN_CELL = 0x5b;
const CLOSE_CELL = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const STAR = 0x2a;
const MAX_INDEX = 0xffffffff;

/**
 * Reads a path as the server writes it into differences: `$.a."b c"[3]`, `$[last]`, `$[last-2]`; names that are no ECMAScript
 * identifiers are JSON strings, all of it is UTF-8. Source: MySQL `sql-common/json_path.cc`, Json_path::to_string. A path to
 * more than one place is refused, as is one to the whole document, which is no difference.
 */
export function parseJsonPath(text: Buffer): JsonPathLeg[] {
  if (text[0] !== SCOPE) throw noPath();
  const legs: JsonPathLeg[] = [];
  for (let at = 1; at < text.length; ) {
    if (legs.length === MAX_JSON_DEPTH)
      throw malformed(`A JSON path is longer than ${MAX_JSON_DEPTH} steps.`);
    const end = text[at] === DOT ? nameEnd(text, at + 1) : cellEnd(text, at);
    legs.push(
      text[at] === DOT ? memberLeg(text.subarray(at + 1, end)) : cellLeg(text.subarray(at + 1, end - 1)),
    );
    at = end;
  }
  if (legs.length === 0) throw noPath();
  return legs;
}

function noPath(): Error {
  return malformed('A JSON difference has no path to a single place.');
}

function nameEnd(text: Buffer, start: number): number {
  if (text[start] !== QUOTE) {
    let at = start;
    while (at < text.length && text[at] !== DOT && text[at] !== OPEN_CELL && text[at] !== STAR) at++;
    if (at === start) throw noPath();
    return at;
  }
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === QUOTE) return at + 1;
    if (text[at] === BACKSLASH) at++;
  }
  throw noPath();
}

function cellEnd(text: Buffer, start: number): number {
  const close = text[start] === OPEN_CELL ? text.indexOf(CLOSE_CELL, start) : -1;
  if (close === -1) throw noPath();
  return close + 1;
}

function memberLeg(name: Buffer): JsonPathLeg {
  if (name[0] !== QUOTE) return { key: name };
  if (!name.includes(BACKSLASH)) return { key: name.subarray(1, -1) };
  try {
    return { key: Buffer.from(JSON.parse(name.toString('utf8')) as string, 'utf8') };
  } catch (cause) {
    if (cause instanceof SyntaxError) throw noPath();
    throw cause;
  }
}

function cellLeg(cell: Buffer): JsonPathLeg {
  if (cell.length > 32) throw noPath();
  const match = /^(?:(\d+)|last(?:-(\d+))?)$/.exec(cell.toString('latin1'));
  if (match === null) throw noPath();
  const [, fromStart, fromEnd] = match;
  const index = Number(fromStart ?? fromEnd ?? 0);
  if (index > MAX_INDEX) throw noPath();
  return { key: null, index, fromEnd: fromStart === undefined };
}
