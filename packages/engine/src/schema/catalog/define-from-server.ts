import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import type { SchemaEvent } from '../../change/schema-event.ts';
import type { TableDefinition } from '../../change/table-definition.ts';
import type { TableName } from '../ddl/ddl-statement.ts';
import { parseDdl } from '../ddl/parse-ddl.ts';
import { defineTable } from './define-table.ts';

/**
 * A table from the answer of SHOW CREATE TABLE in a session without ANSI_QUOTES and NO_BACKSLASH_ESCAPES; null when the grammar
 * refuses it.
 */
export function defineFromServer(
  createSql: string,
  { name, flavor }: { name: TableName; flavor: ServerFlavor },
): TableDefinition | null {
  const { database, table } = name;
  const { statement } = parseDdl(createSql, {
    flavor,
    database,
    ansiQuotes: false,
    noBackslashEscapes: false,
  });
  if (statement.kind !== 'create-table') return null;
  // The server names the charset of every table, so a default is never asked for.
  return defineTable({ database, table }, statement.body, null);
}

/** The event of a table that exists: its creation. */
export function createdEvent(definition: TableDefinition, createSql: string): SchemaEvent {
  const { database, table } = definition;
  return {
    database,
    tables: table,
    ddl: createSql,
    changes: [{ type: 'CREATE', database, table, previous: null, definition }],
  };
}
