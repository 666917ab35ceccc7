import type { TableChange } from '../../change/schema-event.ts';
import type { ColumnDefinition, TableDefinition } from '../../change/table-definition.ts';
import { identifyingColumns } from '../catalog/record-key.ts';
import { jdbcType } from './jdbc-type.ts';

/** JSON as it is written. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** `include.schema.comments`. */
export interface CommentOptions {
  comments: boolean;
}

/** `"database"."table"`, Debezium's `TableId.toDoubleQuotedString`. */
export function tableId({ database, table }: { database: string; table: string }): string {
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  return `${quoted(database)}.${quoted(table)}`;
}

/** An entry of `tableChanges` in a schema-change record: Debezium's `ConnectTableChangeSerializer`, every field present. */
export function topicTableChange(change: TableChange, options: CommentOptions): Json {
  const { type, definition } = change;
  const table =
    definition === null
      ? null
      : {
          defaultCharsetName: definition.charset,
          primaryKeyColumnNames: identifyingColumns(definition),
          columns: definition.columns.map((column, index) => topicColumn(column, index + 1, options)),
          comment: options.comments ? definition.comment : null,
        };
  return { type, id: tableId(change), table };
}

function topicColumn(column: ColumnDefinition, position: number, { comments }: CommentOptions): Json {
  return {
    name: column.name,
    jdbcType: jdbcType(column.typeName),
    nativeType: null,
    typeName: column.typeName,
    typeExpression: column.typeName,
    charsetName: column.charset,
    length: column.length,
    scale: column.scale,
    position,
    optional: column.nullable,
    autoIncremented: column.autoIncremented,
    // What Debezium calls generated is the value of an AUTO_INCREMENT; computed columns are plain ones to it.
    generated: column.autoIncremented,
    comment: comments ? column.comment : null,
    defaultValueExpression: column.defaultValue?.expression ?? null,
    enumValues: column.labels.length === 0 ? null : column.labels.map(quotedLabel),
  };
}

/**
 * The same in a history record: Debezium's `JsonTableChangeSerializer`, absent where there is no value. `visible`, `computed`,
 * `defaultSql`, `uniqueKeys` and `versioned` are ours: Debezium passes over fields that it does not know.
 */
export function historyTableChange(change: TableChange, options: CommentOptions): Json {
  const { type, definition, previous } = change;
  return {
    type,
    id: tableId(change),
    ...(previous === null ? {} : { previousId: tableId(previous) }),
    ...(definition === null ? {} : historyTable(definition, options)),
  };
}

function historyTable(definition: TableDefinition, options: CommentOptions): { [name: string]: Json } {
  const uniqueKeys = definition.uniqueKeys.map(({ name, columns }): Json => ({ name, columns }));
  return {
    table: {
      defaultCharsetName: definition.charset,
      primaryKeyColumnNames: identifyingColumns(definition),
      columns: definition.columns.map((column, index) => historyColumn(column, index + 1, options)),
      attributes: [],
      ...(uniqueKeys.length === 0 ? {} : { uniqueKeys, primaryKey: definition.primaryKey }),
      ...(definition.versioned ? { versioned: true } : {}),
    },
    comment: options.comments ? definition.comment : null,
  };
}

function historyColumn(column: ColumnDefinition, position: number, { comments }: CommentOptions): Json {
  const expression = column.defaultValue?.expression ?? null;
  return {
    name: column.name,
    jdbcType: jdbcType(column.typeName),
    typeName: column.typeName,
    typeExpression: column.typeName,
    charsetName: column.charset,
    ...(column.length === null ? {} : { length: column.length }),
    ...(column.scale === null ? {} : { scale: column.scale }),
    position,
    optional: column.nullable,
    autoIncremented: column.autoIncremented,
    generated: column.autoIncremented,
    comment: comments ? column.comment : null,
    hasDefaultValue: column.defaultValue !== null || column.nullable,
    ...(expression === null ? {} : { defaultValueExpression: expression }),
    ...(column.defaultValue?.sql === undefined ? {} : { defaultSql: column.defaultValue.sql }),
    enumValues: column.labels.map(quotedLabel),
    ...(column.visible ? {} : { visible: false }),
    ...(column.generated ? { computed: true } : {}),
  };
}

function quotedLabel(label: string): string {
  return `'${label.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
