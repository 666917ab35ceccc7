/** A schema of Kafka Connect, as its JsonConverter describes it in messages. */
export interface ConnectSchema {
  /** Connect's type: `int8` to `int64`, `float`, `double`, `boolean`, `string`, `bytes`, `struct`, `array`. */
  readonly type: string;
  readonly optional?: boolean;
  /** Semantic type. */
  readonly name?: string;
  readonly version?: number;
  readonly doc?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly default?: string | number | boolean;
  /** Of a struct. */
  readonly fields?: readonly (readonly [name: string, schema: ConnectSchema])[];
  /** Of an array. */
  readonly items?: ConnectSchema;
}

/** The JSON object of a schema; members stand in the order in which `JsonConverter.asJsonSchema` writes them. */
export function schemaObject(schema: ConnectSchema): object {
  const { type, fields, items, name, version, doc, parameters, optional = false } = schema;
  return {
    type,
    ...(fields === undefined
      ? {}
      : { fields: fields.map(([field, inner]) => ({ ...schemaObject(inner), field })) }),
    ...(items === undefined ? {} : { items: schemaObject(items) }),
    optional,
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    ...(doc === undefined ? {} : { doc }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(schema.default === undefined ? {} : { default: schema.default }),
  };
}

/** What stands before a payload that is sent with its schema; `}` ends it. */
export function payloadLead(schema: ConnectSchema): Buffer {
  return Buffer.from(`{"schema":${JSON.stringify(schemaObject(schema))},"payload":`);
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
