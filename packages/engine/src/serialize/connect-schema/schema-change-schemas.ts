import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import { type ConnectSchema, int32, int64, optional, string, struct } from './connect-schema.ts';
import { sourceSchema } from './record-schemas.ts';

const boolean: ConnectSchema = { type: 'boolean' };
const arrayOf = (items: ConnectSchema): ConnectSchema => ({ type: 'array', items });

const columnSchema = struct(
  'io.debezium.connector.schema.Column',
  {
    name: string,
    jdbcType: int32,
    nativeType: optional(int32),
    typeName: string,
    typeExpression: optional(string),
    charsetName: optional(string),
    length: optional(int32),
    scale: optional(int32),
    position: int32,
    optional: optional(boolean),
    autoIncremented: optional(boolean),
    generated: optional(boolean),
    comment: optional(string),
    defaultValueExpression: optional(string),
    enumValues: optional(arrayOf(string)),
  },
  { version: 1 },
);

const tableSchema = struct(
  'io.debezium.connector.schema.Table',
  {
    defaultCharsetName: optional(string),
    primaryKeyColumnNames: optional(arrayOf(string)),
    columns: arrayOf(columnSchema),
    comment: optional(string),
  },
  { version: 1, optional: true },
);

/** An entry of `tableChanges` (`ConnectTableChangeSerializer`). */
export const tableChangeSchema = struct(
  'io.debezium.connector.schema.Change',
  { type: string, id: string, table: tableSchema },
  { version: 1 },
);

/** Key of a schema-change record (`SchemaFactory`). */
export function schemaChangeKeySchema(connector: ServerFlavor): ConnectSchema {
  return struct(
    `io.debezium.connector.${connector}.SchemaChangeKey`,
    { databaseName: string },
    { version: 1 },
  );
}

/** Value of a schema-change record. */
export function schemaChangeValueSchema(connector: ServerFlavor): ConnectSchema {
  return struct(
    `io.debezium.connector.${connector}.SchemaChangeValue`,
    {
      source: sourceSchema(connector),
      ts_ms: int64,
      databaseName: optional(string),
      schemaName: optional(string),
      ddl: optional(string),
      tableChanges: arrayOf(tableChangeSchema),
    },
    { version: 1 },
  );
}
