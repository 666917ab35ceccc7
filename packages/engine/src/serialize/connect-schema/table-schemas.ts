import type { ColumnRule } from '@sealane/binlog/columns/column-rule';
import type { HandlingModes } from '@sealane/binlog/columns/handling-modes';
import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import type { TableColumn, TableSchema } from '@sealane/binlog/table/table-schema';
import type { NameAdjuster } from './adjust-names.ts';
import { columnSchema } from './column-schema.ts';
import { type ConnectSchema, int64, optional, string, struct } from './connect-schema.ts';
import { convertedSchema } from './converted-schema.ts';
import { defaultJson } from './default-json.ts';
import { sourceSchema, transactionBlockSchema } from './record-schemas.ts';

/** What a table's schemas are made from. */
export interface TableSchemaOptions {
  /** Topic of the table, which also names its schemas. */
  topic: string;
  schema: TableSchema;
  included: (ordinal: number) => boolean;
  key: readonly string[];
  rules?: ((ordinal: number) => ColumnRule | undefined) | undefined;
  modes: HandlingModes;
  connector: ServerFlavor;
  schemaName: NameAdjuster;
  fieldName: NameAdjuster;
  /** Which columns show how the source declares them. */
  showsSourceType: (ordinal: number) => boolean;
  /** The comments of columns are the descriptions of their fields. */
  comments: boolean;
}

/** Schema of a table's keys; null when its records have none. */
export function keySchema(options: TableSchemaOptions): ConnectSchema | null {
  const { topic, schema, key, schemaName, fieldName } = options;
  const columns = key.flatMap((name) => schema.columns.filter((column) => column.name === name));
  if (columns.length === 0) return null;
  const fields = columns.map((column) => [fieldName(column.name), fieldSchema(column, options)] as const);
  return { type: 'struct', fields, name: schemaName(`${topic}.Key`) };
}

/** Schema of a table's envelopes. */
export function envelopeSchema(options: TableSchemaOptions): ConnectSchema {
  const { topic, schema, included, connector, schemaName, fieldName } = options;
  const captured = schema.columns.filter((column) => included(column.ordinal));
  const fields = captured.map(
    (column) =>
      [fieldName(column.name), withParameters(fieldSchema(column, options), column, options)] as const,
  );
  const row: ConnectSchema = { type: 'struct', fields, optional: true, name: schemaName(`${topic}.Value`) };
  return struct(
    schemaName(`${topic}.Envelope`),
    {
      before: row,
      after: row,
      source: sourceSchema(connector),
      transaction: transactionBlockSchema,
      op: string,
      ts_ms: optional(int64),
      ts_us: optional(int64),
      ts_ns: optional(int64),
    },
    { version: 2 },
  );
}

function fieldSchema(
  column: TableColumn,
  { modes, comments }: Pick<TableSchemaOptions, 'modes' | 'comments'>,
): ConnectSchema {
  const doc = comments ? (column.declared?.comment ?? null) : null;
  const json = defaultJson(column, modes);
  return {
    ...typeSchema(column, modes),
    ...(doc === null ? {} : { doc }),
    ...(json === null ? {} : { default: json }),
  };
}

function typeSchema({ type, nullable, conversion }: TableColumn, modes: HandlingModes): ConnectSchema {
  if (conversion !== undefined) return convertedSchema(conversion, type, nullable);
  const schema = columnSchema(type, modes);
  return nullable ? optional(schema) : schema;
}

/** What a rule on the column adds, else the type of the source. */
function withParameters(
  schema: ConnectSchema,
  column: TableColumn,
  { rules, showsSourceType, comments }: TableSchemaOptions,
): ConnectSchema {
  const rule = rules?.(column.ordinal);
  if (rule !== undefined) return { ...schema, parameters: { ...schema.parameters, ...ruleParameter(rule) } };
  if (!showsSourceType(column.ordinal)) return schema;
  return { ...schema, parameters: { ...schema.parameters, ...sourceParameters(column, comments) } };
}

function ruleParameter(rule: ColumnRule): Readonly<Record<string, string>> {
  return rule.kind === 'truncate' ? { truncateLength: String(rule.length) } : { masked: 'true' };
}

/** Debezium's `PropagateSourceMetadataToSchemaParameter`. */
function sourceParameters({ name, declared }: TableColumn, comments: boolean): Record<string, string> {
  if (declared === undefined) return {};
  const { typeName, length, scale, comment } = declared;
  const prefix = '__debezium.source.column';
  return {
    [`${prefix}.type`]: typeName,
    ...(length === null ? {} : { [`${prefix}.length`]: String(length) }),
    ...(scale === null ? {} : { [`${prefix}.scale`]: String(scale) }),
    ...(!comments || comment === null || comment === '' ? {} : { [`${prefix}.comment`]: comment }),
    [`${prefix}.name`]: name,
  };
}
