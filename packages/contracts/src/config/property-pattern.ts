import type { PropertyPattern } from './config-field.ts';

const PLACEHOLDER = /\{(\w+)\}/g;

/**
 * The parameters that a property's name carries, or null when it is not of the family. A placeholder takes text without dots, one at
 * the end of the name takes the rest: `column.mask.hash.SHA-256.with.salt.a.b` has the salt `a.b`.
 */
export function matchProperty(
  pattern: PropertyPattern,
  name: string,
): Record<string, string | number> | null {
  const parts = pattern.property.split(PLACEHOLDER);
  const source = parts.map((part, index) => {
    if (index % 2 === 0) return part.replaceAll('.', '\\.');
    return parts[index + 1] === '' ? `(?<${part}>.+)` : `(?<${part}>[^.]+)`;
  });
  const groups = new RegExp(`^${source.join('')}$`).exec(name)?.groups;
  if (groups === undefined) return null;
  const numbers = pattern.numbers ?? [];
  return Object.fromEntries(
    Object.entries(groups).map(([key, text]) => [key, numbers.includes(key) ? Number(text) : text]),
  );
}

/** The name of the property that an element of the family stands for. */
export function propertyOf(pattern: PropertyPattern, element: Readonly<Record<string, unknown>>): string {
  return pattern.property.replace(PLACEHOLDER, (_, key: string) => String(element[key]));
}
