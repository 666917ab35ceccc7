import type { z } from 'zod';
import { joinRegexList, splitRegexList } from './regex-list.ts';

/**
 * How a property's text becomes a value and back, found from the field's schema. Texts are read as Kafka's
 * `ConfigDef` and Debezium's `Field` read them: trimmed, booleans and options in any case.
 */
export type PropertyKind =
  | { tag: 'boolean' }
  | { tag: 'integer' }
  | { tag: 'double' }
  | { tag: 'text' }
  | { tag: 'option'; options: readonly string[] }
  /** `emptyAs`: the text of a list without elements, where that differs from leaving the property out. */
  | { tag: 'list'; separator: ',' | ';'; emptyAs: string | null }
  /** A family of properties that differ in a part of their name, e.g. `topic.creation.default.*`. */
  | { tag: 'map'; values: PropertyKind }
  /** A value that Debezium has no form for: its JSON. */
  | { tag: 'json' };

/** The kind of a field, its wrappers (default, optional) taken off. */
export function propertyKindOf(schema: z.core.$ZodType): PropertyKind {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'default':
    case 'optional':
    case 'nullable':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
      return propertyKindOf(def.innerType);
    case 'pipe':
      return propertyKindOf(def.in);
    case 'boolean':
      return { tag: 'boolean' };
    case 'number':
      return { tag: isInteger(schema as z.core.$ZodNumber) ? 'integer' : 'double' };
    case 'string':
      return { tag: 'text' };
    case 'enum':
      return { tag: 'option', options: Object.values(def.entries).map(String) };
    case 'literal':
      return { tag: 'option', options: def.values.map(String) };
    case 'array':
      return isText(propertyKindOf(def.element))
        ? { tag: 'list', separator: ',', emptyAs: null }
        : { tag: 'json' };
    case 'record':
      return { tag: 'map', values: propertyKindOf(def.valueType) };
    default:
      return { tag: 'json' };
  }
}

function isInteger(schema: z.core.$ZodNumber): boolean {
  const checks = [schema._zod.def, ...(schema._zod.def.checks ?? []).map((check) => check._zod.def)];
  return checks.some((def) => 'format' in def && String(def.format).includes('int'));
}

function isText(kind: PropertyKind): boolean {
  return kind.tag === 'text' || kind.tag === 'option';
}

/** A text that is no value of its kind; the message is Debezium's. */
export class PropertyTextError extends Error {}

/** The value that a text stands for. Throws {@link PropertyTextError}. */
export function parseProperty(kind: PropertyKind, given: string): unknown {
  const text = given.trim();
  switch (kind.tag) {
    case 'boolean':
      if (/^true$/i.test(text)) return true;
      if (/^false$/i.test(text)) return false;
      throw new PropertyTextError("Either 'true' or 'false' is expected");
    case 'integer':
      return parseInteger(text);
    case 'double':
      if (text === '' || Number.isNaN(Number(text)))
        throw new PropertyTextError('A double value is expected');
      return Number(text);
    case 'option':
      return kind.options.find((option) => option.toLowerCase() === text.toLowerCase()) ?? text;
    case 'list':
      return parseList(kind, text);
    case 'text':
    case 'map':
      return text;
    case 'json':
      return parseJson(text);
  }
}

/** The text that {@link parseProperty} reads as the value. */
export function printProperty(kind: PropertyKind, value: unknown): string {
  if (kind.tag === 'list' && Array.isArray(value)) return printList(kind, value.map(String));
  return kind.tag === 'json' ? JSON.stringify(value) : String(value);
}

function parseInteger(text: string): number {
  const value = Number(text);
  if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new PropertyTextError('An integer is expected');
  return value;
}

type ListKind = Extract<PropertyKind, { tag: 'list' }>;

function printList({ separator, emptyAs }: ListKind, items: readonly string[]): string {
  if (items.length === 0) return emptyAs ?? '';
  return separator === ',' ? joinRegexList(items) : items.join(separator);
}

function parseList({ separator, emptyAs }: ListKind, text: string): string[] {
  if (text.toLowerCase() === emptyAs) return [];
  if (separator !== ',') return text.split(separator).flatMap((item) => item.trim() || []);
  try {
    return splitRegexList(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new PropertyTextError(error.message);
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PropertyTextError('Valid JSON is expected');
  }
}
