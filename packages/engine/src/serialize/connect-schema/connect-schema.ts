/** A schema of Kafka Connect, as its JsonConverter describes it in messages. */
export interface ConnectSchema {
  /** Connect's type: `int8` to `int64`, `float`, `double`, `boolean`, `string`, `bytes`, `struct`, `array`. */
  readonly type: string;
  readonly optional?: boolean;
  /** Semantic type. */
  readonly name?: string;
  readonly version?: number;
  readonly doc?: string;
  readonly parameters?: Readonly<Record<string, string | null>>;
  /** The default value as JSON. */
  readonly default?: string;
  /** Of a struct. */
  readonly fields?: readonly (readonly [name: string, schema: ConnectSchema])[];
  /** Of an array. */
  readonly items?: ConnectSchema;
}

/** The JSON of a schema; members stand in the order in which `JsonConverter.asJsonSchema` writes them. */
export function schemaText(schema: ConnectSchema): string {
  return `{${schemaMembers(schema).join(',')}}`;
}

function schemaMembers(schema: ConnectSchema): string[] {
  const { type, fields, items, name, version, doc, parameters, optional = false } = schema;
  const members = [`"type":"${type}"`];
  const add = (member: string, value: unknown): void => {
    if (value !== undefined) members.push(`"${member}":${JSON.stringify(value)}`);
  };
  if (fields !== undefined) members.push(`"fields":[${fields.map(fieldText).join(',')}]`);
  if (items !== undefined) members.push(`"items":${schemaText(items)}`);
  add('optional', optional);
  add('name', name);
  add('version', version);
  add('doc', doc);
  add('parameters', parameters);
  if (schema.default !== undefined) members.push(`"default":${schema.default}`);
  return members;
}

function fieldText([field, schema]: readonly [string, ConnectSchema]): string {
  return `{${schemaMembers(schema).join(',')},"field":${JSON.stringify(field)}}`;
}

/** What stands before a payload that is sent with its schema; `}` ends it. */
export function payloadLead(schema: ConnectSchema): Buffer {
  return Buffer.from(`{"schema":${schemaText(schema)},"payload":`);
}

/** Writes objects as JSON, within their schema or alone. */
export function jsonEncoder(schema: ConnectSchema, withSchema: boolean): (payload: object) => Buffer {
  if (!withSchema) return (payload) => Buffer.from(JSON.stringify(payload));
  const lead = payloadLead(schema).toString();
  return (payload) => Buffer.from(`${lead}${JSON.stringify(payload)}}`);
}

/** A struct with a name and a version. */
export function struct(
  name: string,
  fields: Readonly<Record<string, ConnectSchema>>,
  extra: Partial<ConnectSchema> = {},
): ConnectSchema {
  return { type: 'struct', fields: Object.entries(fields), name, ...extra };
}

export const int32: ConnectSchema = { type: 'int32' };
export const int64: ConnectSchema = { type: 'int64' };
export const string: ConnectSchema = { type: 'string' };

/** The same schema for a value that may be missing. */
export function optional(schema: ConnectSchema): ConnectSchema {
  return { ...schema, optional: true };
}
