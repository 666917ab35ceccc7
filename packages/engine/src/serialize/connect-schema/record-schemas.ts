import type { ColumnRule } from '@sealane/binlog/columns/column-rule';
import type { HandlingModes } from '@sealane/binlog/columns/handling-modes';
import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import type { TableColumn, TableSchema } from '@sealane/binlog/table/table-schema';
import { columnSchema } from './column-schema.ts';
import { type ConnectSchema, int32, int64, optional, string, struct } from './connect-schema.ts';

const enumOf = (allowed: string): ConnectSchema => ({
  type: 'string',
  name: 'io.debezium.data.Enum',
  version: 1,
  parameters: { allowed },
});

/** The `source` block (`BinlogSourceInfoStructMaker`). */
export function sourceSchema(connector: ServerFlavor): ConnectSchema {
  const snapshot = enumOf(
    'true,first,first_in_data_collection,last_in_data_collection,last,false,incremental',
  );
  return struct(
    `io.debezium.connector.${connector}.Source`,
    {
      version: string,
      connector: string,
      name: string,
      ts_ms: int64,
      snapshot: { ...optional(snapshot), default: 'false' },
      db: string,
      sequence: optional(string),
      ts_us: optional(int64),
      ts_ns: optional(int64),
      table: optional(string),
      server_id: int64,
      gtid: optional(string),
      file: string,
      pos: int64,
      row: int32,
      thread: optional(int64),
      query: optional(string),
    },
    { version: 1 },
  );
}

/** The `transaction` block of an envelope. */
export const transactionBlockSchema = struct(
  'event.block',
  { id: string, total_order: int64, data_collection_order: int64 },
  { version: 1, optional: true },
);

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
}

/** Schema of a table's keys; null when its records have none. */
export function keySchema({ topic, schema, key, modes }: TableSchemaOptions): ConnectSchema | null {
  const columns = key.flatMap((name) => schema.columns.filter((column) => column.name === name));
  if (columns.length === 0) return null;
  const fields = columns.map((column) => [column.name, fieldSchema(column, modes)] as const);
  return { type: 'struct', fields, name: `${topic}.Key` };
}

/** Schema of a table's envelopes. */
export function envelopeSchema(options: TableSchemaOptions): ConnectSchema {
  const { topic, schema, included, modes, connector } = options;
  const captured = schema.columns.filter((column) => included(column.ordinal));
  const fields = captured.map((column) => {
    const rule = options.rules?.(column.ordinal);
    return [column.name, ruledSchema(fieldSchema(column, modes), rule)] as const;
  });
  const row: ConnectSchema = { type: 'struct', fields, optional: true, name: `${topic}.Value` };
  return struct(
    `${topic}.Envelope`,
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

function fieldSchema({ type, nullable }: TableColumn, modes: HandlingModes): ConnectSchema {
  const schema = columnSchema(type, modes);
  return nullable ? optional(schema) : schema;
}

function ruledSchema(schema: ConnectSchema, rule: ColumnRule | undefined): ConnectSchema {
  if (rule === undefined) return schema;
  const parameter = rule.kind === 'truncate' ? { truncateLength: String(rule.length) } : { masked: 'true' };
  return { ...schema, parameters: { ...schema.parameters, ...parameter } };
}

/** Key and value of the records on the transaction topic. */
export const transactionKeySchema = struct(
  'io.debezium.connector.common.TransactionMetadataKey',
  { id: string },
  { version: 1 },
);
export const transactionValueSchema = struct(
  'io.debezium.connector.common.TransactionMetadataValue',
  {
    status: string,
    id: string,
    event_count: optional(int64),
    data_collections: optional({
      type: 'array',
      items: struct(
        'event.collection',
        { data_collection: string, event_count: int64 },
        { version: 1, optional: true },
      ),
    }),
    ts_ms: int64,
  },
  { version: 1 },
);

/** Key and value of heartbeats. */
export const heartbeatKeySchema = struct(
  'io.debezium.connector.common.ServerNameKey',
  { serverName: string },
  { version: 1 },
);
export const heartbeatValueSchema = struct(
  'io.debezium.connector.common.Heartbeat',
  { ts_ms: int64 },
  { version: 1 },
);
