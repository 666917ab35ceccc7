import type { z } from 'zod';
import type { ConfigFieldMeta, PropertyPattern } from '../config/config-field.ts';
import { pipelineConfigSchema } from '../pipeline-config.ts';
import { type PropertyKind, propertyKindOf } from './property-kind.ts';

/** A field of the pipeline configuration as a connector property. */
export interface ConnectorField {
  /** The name in `PipelineConfig`. */
  name: string;
  /** The Debezium property; a family of properties has a `*` for the part that differs. */
  property: string;
  kind: PropertyKind;
  title: string;
  description: string;
  /** What a connector's configuration without the property means; undefined: nothing. */
  absentValue: unknown;
  /** What the field of a pipeline is when it is left out. */
  defaultValue: unknown;
  /** For a list whose elements are properties each: their families. */
  patterns: readonly PropertyPattern[];
}

/** Every configuration field that stands for a property, in the order of the schema. */
export const connectorFields: readonly ConnectorField[] = readFields();

const byProperty = new Map(connectorFields.map((field) => [field.property, field]));
/** Most specific first, so that a family inside a family is found. */
const families = connectorFields
  .filter((field) => field.property.includes('*') && field.patterns.length === 0)
  .map((field) => ({ field, ...affixes(field.property) }))
  .sort((a, b) => b.prefix.length + b.suffix.length - a.prefix.length - a.suffix.length);

/** The field that a property belongs to, with its key in the field's map where it is one of a family. */
export function fieldOfProperty(property: string): { field: ConnectorField; key: string | null } | null {
  const field = byProperty.get(property);
  if (field !== undefined) return { field, key: null };
  for (const { field: family, prefix, suffix } of families) {
    const holdsKey = property.length > prefix.length + suffix.length;
    if (holdsKey && property.startsWith(prefix) && property.endsWith(suffix))
      return { field: family, key: property.slice(prefix.length, property.length - suffix.length) };
  }
  return null;
}

/** The property of one key of a family. */
export function propertyOfKey(field: ConnectorField, key: string): string {
  const { prefix, suffix } = affixes(field.property);
  return prefix + key + suffix;
}

function affixes(property: string): { prefix: string; suffix: string } {
  return {
    prefix: property.slice(0, property.indexOf('*')),
    suffix: property.slice(property.lastIndexOf('*') + 1),
  };
}

function readFields(): ConnectorField[] {
  const fields: ConnectorField[] = [];
  for (const [name, schema] of Object.entries(pipelineConfigSchema.shape)) {
    const meta = (schema.meta() ?? {}) as Partial<ConfigFieldMeta>;
    if (meta.property === undefined) continue;
    const fallback = schema.safeParse(undefined);
    const defaultValue = fallback.success ? fallback.data : undefined;
    fields.push({
      name,
      property: meta.property,
      kind: kindOf(schema, meta),
      title: meta.title ?? name,
      description: meta.description ?? '',
      absentValue: meta.connectorDefault ?? defaultValue,
      defaultValue,
      patterns: meta.patterns ?? [],
    });
  }
  return fields;
}

function kindOf(schema: z.core.$ZodType, meta: Partial<ConfigFieldMeta>): PropertyKind {
  const kind = propertyKindOf(schema);
  if (kind.tag !== 'list') return kind;
  return { ...kind, separator: meta.separator ?? ',', emptyAs: meta.emptyAs ?? null };
}
