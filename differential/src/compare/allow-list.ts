import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Difference } from './difference.ts';
import { sameJsonText } from './leaves.ts';

const lineSchema = z.strictObject({
  /** Regular expression over the difference's path. */
  path: z.string(),
  /** Regular expression over the topic without prefix; absent: any. */
  topic: z.string().optional(),
  /** `json`: only where both texts hold the same JSON value; `set`: the same words in another order. Absent: whatever the two say. */
  as: z.enum(['json', 'set']).optional(),
  /** Why the two differ, and why that is right. */
  reason: z.string().min(20),
});

export type AllowedDifference = z.infer<typeof lineSchema>;

/** Differences that are meant: `allow-list.json`, a reason each. */
export async function readAllowList(): Promise<AllowedDifference[]> {
  const text = await readFile(new URL('../../allow-list.json', import.meta.url), 'utf8');
  return z.array(lineSchema).parse(JSON.parse(text));
}

/** Those that no line of the list explains. */
export function unexplained(
  differences: readonly Difference[],
  allowed: readonly AllowedDifference[],
): Difference[] {
  return differences.filter((difference) => !allowed.some((line) => explains(line, difference)));
}

function explains(line: AllowedDifference, { path, topic, debezium, sealane }: Difference): boolean {
  const isPlace =
    new RegExp(`^(?:${line.path})$`).test(path) &&
    (line.topic === undefined || new RegExp(`^(?:${line.topic})$`).test(topic));
  if (!isPlace || line.as === undefined) return isPlace;
  return line.as === 'json' ? sameJsonText(debezium, sealane) : sameWords(debezium, sealane);
}

function sameWords(left: string, right: string): boolean {
  const sorted = (text: string): string => text.replaceAll('"', '').split(',').sort().join();
  return sorted(left) === sorted(right);
}
