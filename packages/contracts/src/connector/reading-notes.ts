import type { z } from 'zod';
import { type ConnectorField, connectorFields, propertyOfKey } from './connector-fields.ts';
import { propertyOfElement } from './pattern-properties.ts';

/** What is to be said of one property. */
export interface PropertyMessage {
  property: string;
  message: string;
}

/** Collects what reading a configuration finds; of the errors of a property only the first counts. */
export interface ReadingNotes {
  ignored: { property: string; reason: string }[];
  warnings: PropertyMessage[];
  errors: PropertyMessage[];
  /** Adds an error in Debezium's form: `The 'p' value is invalid: …`. */
  invalid(property: string, problem: string): void;
}

export function createReadingNotes(): ReadingNotes {
  const errors: PropertyMessage[] = [];
  return {
    ignored: [],
    warnings: [],
    errors,
    invalid(property, problem) {
      if (errors.some((error) => error.property === property)) return;
      errors.push({ property, message: `The '${property}' value is invalid: ${problem}` });
    },
  };
}

/** Reports what the configuration schema refuses, by property and in Debezium's words where it has any. */
export function noteSchemaIssues(
  issues: readonly z.core.$ZodIssue[],
  raw: Readonly<Record<string, unknown>>,
  notes: ReadingNotes,
): void {
  for (const issue of issues) {
    const field = connectorFields.find(({ name }) => name === issue.path[0]);
    if (field === undefined) {
      notes.errors.push({ property: issue.path.join('.'), message: issue.message });
      continue;
    }
    const key = issue.path[1];
    const property = concerned(field, { key, value: raw[field.name] });
    notes.invalid(
      property,
      problemText(issue, field.kind.tag === 'list' && key !== undefined, raw[field.name]),
    );
  }
}

/** The property that an issue is about: in a map or a list of properties, the one at its key. */
function concerned(
  field: ConnectorField,
  { key, value }: { key: PropertyKey | undefined; value: unknown },
): string {
  if (key === undefined) return field.property;
  if (field.kind.tag === 'map') return propertyOfKey(field, String(key));
  if (field.name === 'converters') return field.property;
  const element: unknown = Array.isArray(value) ? value[Number(key)] : undefined;
  if (field.patterns.length === 0 || element === null || typeof element !== 'object') return field.property;
  return propertyOfElement(field, { ...element })?.[0] ?? field.property;
}

function problemText(issue: z.core.$ZodIssue, isListItem: boolean, value: unknown): string {
  switch (issue.code) {
    case 'invalid_value':
      return `Value must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return typeof value === 'number' ? tooSmall(Number(issue.minimum)) : issue.message;
    case 'too_big':
      return typeof value === 'number' ? `Value must be no more than ${issue.maximum}` : issue.message;
    case 'invalid_format':
      return `${String(value)} has invalid format (only the underscore, hyphen, dot and alphanumeric characters are allowed)`;
    default:
      return isListItem
        ? `A comma-separated list of valid regular expressions is expected, but ${issue.message}`
        : withPropertyNames(issue.message);
  }
}

function tooSmall(minimum: number): string {
  if (minimum === 0) return 'An non-negative integer is expected';
  return minimum === 1
    ? 'A positive, non-zero integer value is expected'
    : `Value must be at least ${minimum}`;
}

/** The schema speaks of its own fields; whoever wrote properties knows those. */
function withPropertyNames(message: string): string {
  return connectorFields.reduce(
    (text, { name, property }) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), property),
    message,
  );
}
