import type { z } from 'zod';

/** A family of properties whose names carry parameters; each such property is one element of a list field. */
export interface PropertyPattern {
  /** The property's name with the element's fields in braces, e.g. `column.truncate.to.{length}.chars`. */
  readonly property: string;
  /** Fields that every element of this family has, e.g. `{ kind: 'truncate' }`. */
  readonly element: Readonly<Record<string, string>>;
  /** The field that holds the property's value, a comma-separated list. */
  readonly list: string;
  /** Parameters that are numbers; any other is text. */
  readonly numbers?: readonly string[];
}

/** Metadata of a configuration field, from which the form hints and the configuration reference are made. */
export interface ConfigFieldMeta {
  /** The connector property, e.g. `topic.prefix`; `*` stands for the rest of a name. */
  property: string;
  title: string;
  description: string;
  /** A value as a user would type it. */
  example?: string;
  /** What a field that is left out means, in a word; `none` when absent. */
  unset?: string;
  /** What separates the elements of a list in the property's value; a comma when absent. */
  separator?: ',' | ';';
  /** The property's value for an empty list where that differs from leaving the property out. */
  emptyAs?: string;
  /** What a connector JSON without the property means, where that differs from this field's default. */
  connectorDefault?: unknown;
  /** The property families of a list field, see {@link PropertyPattern}; `property` then only names them for people. */
  patterns?: readonly PropertyPattern[];
}

export function field<T extends z.ZodType>(schema: T, meta: ConfigFieldMeta): T {
  return schema.meta({ ...meta });
}
