import type { SealaneError } from '@sealane/errors/sealane-error';
import type { Difference } from './compare/difference.ts';
import type { Group } from './groups.ts';
import type { ScenarioResult } from './run-group.ts';

/** Differences shown per script; the rest is counted. */
const SHOWN = 12;
const LONGEST = 160;

/** One line for a script, and its first differences. */
export function scenarioLines(
  { group, scenario, records }: ScenarioResult,
  open: readonly Difference[],
): string[] {
  const verdict = open.length === 0 ? 'equal' : `${open.length} differences`;
  const lines = [`${group.flavour} ${group.name} ${scenario.name}: ${records} records, ${verdict}`];
  for (const { topic, index, path, debezium, sealane } of open.slice(0, SHOWN)) {
    const place = index === null ? topic : `${topic}[${index}]`;
    lines.push(`    ${place} ${path}: debezium ${short(debezium)}, sealane ${short(sealane)}`);
  }
  if (open.length > SHOWN) lines.push(`    … ${open.length - SHOWN} more`);
  return lines;
}

/** Why a group could not be compared; of a Java trace the causes alone. */
export function brokenLines({ flavour, name }: Group, { message, why, cause }: SealaneError): string[] {
  const reasons = (why ?? '')
    .split('\n')
    .filter((line, index) => index === 0 || line.startsWith('Caused by'));
  if (cause instanceof Error) reasons.push(cause.message);
  return [
    `${flavour} ${name}: FAILED: ${message}`,
    ...reasons.map((reason) => `    ${reason.slice(0, 400)}`),
  ];
}

function short(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}
