import { matchProperty, propertyOf } from '../config/property-pattern.ts';
import { type ConnectorField, connectorFields } from './connector-fields.ts';
import { parseProperty, printProperty } from './property-kind.ts';

const REGEX_LIST = { tag: 'list', separator: ',', emptyAs: null } as const;

/** One property as an element of a list field. */
export interface PatternElement {
  field: ConnectorField;
  /** Without the list that is the property's value. */
  element: Record<string, unknown>;
  /** The element's field for that list. */
  list: string;
}

/** The element that a property of a family stands for, e.g. `column.mask.with.12.chars`; null for any other property. */
export function elementOfProperty(property: string): PatternElement | null {
  for (const field of connectorFields) {
    for (const pattern of field.patterns) {
      const parameters = matchProperty(pattern, property);
      if (parameters !== null)
        return { field, element: { ...pattern.element, ...parameters }, list: pattern.list };
    }
  }
  return null;
}

/** The list field's element with the property's value in it. Throws `PropertyTextError`. */
export function completeElement({ element, list }: PatternElement, text: string): Record<string, unknown> {
  return { ...element, [list]: parseProperty(REGEX_LIST, text) };
}

/** The property that an element of a list field was made from, and its value; null when it is of no family. */
export function propertyOfElement(
  { patterns }: ConnectorField,
  element: Readonly<Record<string, unknown>>,
): [property: string, text: string] | null {
  const pattern = patterns.find(({ element: fixed }) =>
    Object.entries(fixed).every(([name, value]) => element[name] === value),
  );
  if (pattern === undefined) return null;
  return [propertyOf(pattern, element), printProperty(REGEX_LIST, element[pattern.list])];
}
