import { isLosslessNumber, parse } from 'lossless-json';

/** Every leaf of a JSON text by its path, as JSON text, and the order of the members of every object. */
export function leavesOf(root: string, body: Buffer | null): Map<string, string> {
  const leaves = new Map<string, string>();
  if (body === null) leaves.set(root, 'no body');
  else collect(leaves, root, parse(body.toString('utf8')));
  return leaves;
}

function collect(leaves: Map<string, string>, path: string, value: unknown): void {
  if (isLosslessNumber(value)) leaves.set(path, value.value);
  else if (value === null || typeof value !== 'object') leaves.set(path, JSON.stringify(value));
  else {
    if (!Array.isArray(value)) leaves.set(`${path}{}`, Object.keys(value).join(','));
    for (const [name, member] of Object.entries(value)) collect(leaves, `${path}.${name}`, member);
  }
}

const FRACTIONAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Whether two leaves are the same: the same text, or the same number where one is written as floating point. */
export function sameLeaf(left: string, right: string): boolean {
  if (left === right) return true;
  if (!FRACTIONAL.test(left) || !FRACTIONAL.test(right)) return false;
  const isFloat = /[.eE]/.test(left) || /[.eE]/.test(right);
  return isFloat && Object.is(Number(left), Number(right));
}

/** Whether two leaves are strings that hold the same JSON value; members in any order, numbers by value. */
export function sameJsonText(left: string, right: string): boolean {
  if (!left.startsWith('"') || !right.startsWith('"')) return false;
  const [before, after] = [left, right].map((leaf) => leavesOf('', Buffer.from(String(JSON.parse(leaf)))));
  if (before === undefined || after === undefined) return false;
  const isObject = (path: string): boolean => path.endsWith('{}');
  return [...new Set([...before.keys(), ...after.keys()])].every(
    (path) => isObject(path) || sameLeaf(before.get(path) ?? 'absent', after.get(path) ?? 'absent'),
  );
}
