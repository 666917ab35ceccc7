import { malformed } from '../bytes/byte-source.ts';
import type { EventReader } from '../bytes/event-reader.ts';
import { JsonContainer } from './json-container.ts';
import { type JsonNode, type JsonSlice, jsonDocument } from './json-node.ts';
import { type JsonPathLeg, parseJsonPath } from './json-path.ts';

const REPLACE = 0;
const INSERT = 1;
const REMOVE = 2;
const MAX_KEY_BYTES = 0xffff;

/** Members that may be moved by what is put before them or taken away: differences of one event could otherwise take minutes. */
export interface MoveBudget {
  left: number;
}

/** A gigabyte of moves: far beyond any statement that the server logs as differences. */
export const MOVES_PER_EVENT = 2 ** 28;

/**
 * Applies differences, up to the reader's end, to a document one after the other. Layout and meaning: MySQL `sql-common/json_diff.cc`,
 * read_json_diff and apply_json_diff. One that does not fit the document throws `BINLOG_EVENT_MALFORMED`: a replica stops there, too.
 */
export function applyJsonDiffs(document: JsonSlice, diffs: EventReader, budget: MoveBudget): JsonNode {
  if (diffs.remaining === 0) return document;
  const root = JsonContainer.open(document);
  if (root === null) throw misfit();
  while (diffs.remaining > 0) {
    const operation = diffs.uint(1);
    const path = parseJsonPath(diffs.take(diffs.lengthEncoded()));
    const last = path.pop() as JsonPathLeg;
    const parent = seek(root, path);
    if (operation === REPLACE) parent.replace(placeOf(parent, last), readValue(diffs));
    else if (operation === INSERT) insert(parent, { leg: last, value: readValue(diffs) }, budget);
    else if (operation === REMOVE) remove(parent, last, budget);
    else throw malformed(`A JSON difference of kind ${operation} is not known.`);
  }
  return root;
}

function readValue(diffs: EventReader): JsonSlice {
  const size = diffs.lengthEncoded();
  const start = diffs.pos;
  diffs.skip(size);
  if (size === 0) throw malformed('A JSON difference has no value.');
  return jsonDocument({ bytes: diffs.bytes, end: diffs.pos }, start);
}

function seek(root: JsonContainer, path: readonly JsonPathLeg[]): JsonContainer {
  return path.reduce((container, leg) => {
    const next = container.openAt(placeOf(container, leg));
    if (next === null) throw misfit();
    return next;
  }, root);
}

function placeOf(container: JsonContainer, leg: JsonPathLeg): number {
  if (container.isObject !== (leg.key !== null)) throw misfit();
  const place = leg.key === null ? cellOf(container, leg) : container.find(leg.key);
  if (place < 0) throw misfit();
  return place;
}

/** Less than 0: beyond the array. */
function cellOf({ count }: JsonContainer, { index, fromEnd }: { index: number; fromEnd: boolean }): number {
  if (index >= count) return -1;
  return fromEnd ? count - 1 - index : index;
}

/** A key must be new; a cell beyond the array is put at its end, or at its start where it was counted from the end. */
function insert(
  parent: JsonContainer,
  { leg, value }: { leg: JsonPathLeg; value: JsonSlice },
  budget: MoveBudget,
): void {
  if (parent.isObject !== (leg.key !== null)) throw misfit();
  const found = leg.key === null ? cellOf(parent, leg) : parent.find(leg.key);
  if (leg.key !== null && (found >= 0 || leg.key.length > MAX_KEY_BYTES)) throw misfit();
  const place = leg.key !== null ? ~found : found >= 0 ? found : leg.fromEnd ? 0 : parent.count;
  spend(budget, parent.count - place);
  parent.insert(place, leg.key, value);
}

function remove(parent: JsonContainer, leg: JsonPathLeg, budget: MoveBudget): void {
  const place = placeOf(parent, leg);
  spend(budget, parent.count - place);
  parent.remove(place);
}

function spend(budget: MoveBudget, moves: number): void {
  budget.left -= moves;
  if (budget.left < 0) throw malformed('JSON differences of one event move too many members.');
}

function misfit(): Error {
  return malformed('A JSON difference does not fit the document before it.');
}
