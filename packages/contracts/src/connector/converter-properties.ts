import type { z } from 'zod';
import type { ConfigFieldMeta } from '../config/config-field.ts';
import { type ConverterConfig, converterClasses, converterSchema } from '../config/converter-field.ts';
import {
  type PropertyKind,
  PropertyTextError,
  parseProperty,
  printProperty,
  propertyKindOf,
} from './property-kind.ts';
import type { ReadingNotes } from './reading-notes.ts';

const LIST = 'converters';
const PACKAGE = 'io.debezium.connector.binlog.converters';
const CLASS_NAME = /^io\.debezium\.connector\.(?:binlog|mysql|mariadb)\.converters\.(\w+)$/;

/** A setting of a converter; in the property of a family a `*` stands for the part that differs. */
interface Setting {
  name: string;
  property: string;
  kind: PropertyKind;
  defaultValue: unknown;
}

type Kind = ConverterConfig['kind'];

const settings = new Map(
  converterSchema.options.map((option): [Kind, Setting[]] => [
    option.shape.kind.value,
    Object.entries<z.ZodType>(option.shape).flatMap(([name, schema]) => {
      const { property } = (schema.meta() ?? {}) as Partial<ConfigFieldMeta>;
      if (property === undefined) return [];
      const defaultValue = schema.parse(undefined);
      return [{ name, property, kind: propertyKindOf(schema), defaultValue }];
    }),
  ]),
);

/**
 * The converters of a connector, and the properties that say what they are: `converters`, `<name>.type`, `<name>.<setting>`. One that
 * Sealane does not have is noted as left out.
 */
export function readConverters(
  present: ReadonlyMap<string, string>,
  notes: ReadingNotes,
): { converters: Record<string, unknown>[] | undefined; read: ReadonlySet<string> } {
  const list = present.get(LIST);
  if (list === undefined) return { converters: undefined, read: new Set() };
  const read = new Set([LIST]);
  const names = list.split(',').flatMap((name) => name.trim() || []);
  const converters = names.flatMap((name) => {
    const own = [...present.keys()].filter((property) => property.startsWith(`${name}.`));
    for (const property of own) read.add(property);
    const kind = kindOf(name, present, notes);
    if (kind === undefined) return [];
    if (kind === null) {
      for (const property of own)
        notes.ignored.push({ property, reason: 'It belongs to a converter that Sealane does not have.' });
      return [];
    }
    return [readConverter({ name, kind, own, present }, notes)];
  });
  return { converters, read };
}

/** Null: a converter that Sealane does not have; undefined: none is named. */
function kindOf(
  name: string,
  present: ReadonlyMap<string, string>,
  notes: ReadingNotes,
): Kind | null | undefined {
  const type = present.get(`${name}.type`)?.trim() ?? '';
  if (type === '') {
    notes.invalid(LIST, `${name}.type is not given`);
    return undefined;
  }
  const simple = CLASS_NAME.exec(type)?.[1];
  const found = Object.entries(converterClasses).find(([, className]) => className === simple);
  if (found !== undefined) return found[0] as Kind;
  const message = `Sealane does not have the converter ${type}: values differ from what Debezium would write`;
  notes.warnings.push({ property: `${name}.type`, message });
  return null;
}

function readConverter(
  converter: { name: string; kind: Kind; own: readonly string[]; present: ReadonlyMap<string, string> },
  notes: ReadingNotes,
): Record<string, unknown> {
  const { name, kind, own, present } = converter;
  const result: Record<string, unknown> = { kind, name };
  for (const property of own) {
    const rest = property.slice(name.length + 1);
    if (rest === 'type') continue;
    const place = placeOf(kind, rest);
    if (place === null) {
      notes.ignored.push({ property, reason: 'Not a setting of this converter.' });
      continue;
    }
    const { setting, key } = place;
    const valueKind = setting.kind.tag === 'map' ? setting.kind.values : setting.kind;
    const text = present.get(property) ?? '';
    if (text.trim() === '') continue;
    try {
      const value = parseProperty(valueKind, text);
      result[setting.name] =
        key === null ? value : { ...(result[setting.name] as object | undefined), [key]: value };
    } catch (error) {
      if (!(error instanceof PropertyTextError)) throw error;
      notes.invalid(property, error.message);
    }
  }
  return result;
}

function placeOf(kind: Kind, property: string): { setting: Setting; key: string | null } | null {
  for (const setting of settings.get(kind) ?? []) {
    if (setting.property === property) return { setting, key: null };
    const [prefix = '', suffix] = setting.property.split('*');
    if (suffix === undefined || !property.startsWith(prefix) || !property.endsWith(suffix)) continue;
    const key = property.slice(prefix.length, property.length - suffix.length);
    if (key !== '') return { setting, key };
  }
  return null;
}

/** The properties that {@link readConverters} reads as these converters. */
export function converterProperties(
  converters: readonly Readonly<Record<string, unknown>>[],
): [property: string, text: string][] {
  if (converters.length === 0) return [];
  const names = converters.map(({ name }) => String(name));
  return [[LIST, names.join(',')], ...converters.flatMap(propertiesOf)];
}

function propertiesOf(converter: Readonly<Record<string, unknown>>): [property: string, text: string][] {
  const { name } = converter;
  const kind = converter.kind as Kind;
  const own = (settings.get(kind) ?? []).flatMap(
    ({ name: field, property, kind: valueKind, defaultValue }) => {
      const value = converter[field];
      if (value === undefined || JSON.stringify(value) === JSON.stringify(defaultValue)) return [];
      if (valueKind.tag !== 'map')
        return [[`${name}.${property}`, printProperty(valueKind, value)] as [string, string]];
      return Object.entries(value as object).map(([key, item]): [string, string] => [
        `${name}.${property.replace('*', () => key)}`,
        printProperty(valueKind.values, item),
      ]);
    },
  );
  return [[`${name}.type`, `${PACKAGE}.${converterClasses[kind]}`], ...own];
}
