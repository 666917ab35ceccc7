import { isLosslessNumber, parse } from 'lossless-json';
import type { TopicRecord } from '../services/topic-record.ts';

/** A place where two engines disagree about the same change. */
export interface RecordDifference {
  /** Which of the compared pairs. */
  index: number;
  /** Dotted path, e.g. `value.after.price`. */
  path: string;
  left: string;
  right: string;
}

/** Facts of the engine or of the moment, which differ by their nature. */
const OWN_FACTS = new Set([
  'value.ts_ms',
  'value.ts_us',
  'value.ts_ns',
  'value.source.version',
  'value.source.connector',
  'value.source.name',
]);

/**
 * Compares change events of two engines pair by pair: key and value, every member, exact digits. Members that hold
 * an engine's own facts (its name, when it saw the event) are left out.
 */
export function compareRecords(
  left: readonly TopicRecord[],
  right: readonly TopicRecord[],
): RecordDifference[] {
  const differences: RecordDifference[] = [];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const before = flatten(left[index]);
    const after = flatten(right[index]);
    for (const path of new Set([...before.keys(), ...after.keys()])) {
      const a = before.get(path) ?? 'absent';
      const b = after.get(path) ?? 'absent';
      if (a !== b && !OWN_FACTS.has(path)) differences.push({ index, path, left: a, right: b });
    }
  }
  return differences;
}

/** Every leaf of key and value by its path, as the JSON text it has. */
function flatten(record: TopicRecord | undefined): Map<string, string> {
  const leaves = new Map<string, string>();
  if (record === undefined) return leaves;
  collect(leaves, 'key', parseBody(record.key));
  collect(leaves, 'value', parseBody(record.value));
  return leaves;
}

function parseBody(body: Buffer | null): unknown {
  return body === null ? null : parse(body.toString('utf8'));
}

function collect(leaves: Map<string, string>, path: string, value: unknown): void {
  if (isLosslessNumber(value)) leaves.set(path, value.value);
  else if (value === null || typeof value !== 'object') leaves.set(path, JSON.stringify(value));
  else for (const [name, member] of Object.entries(value)) collect(leaves, `${path}.${name}`, member);
}
