import type { ServerFlavor } from '@sealane/binlog/session/server-info';
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
      snapshot: { ...optional(snapshot), default: '"false"' },
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
