import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import type { SchemaDump } from '../../change/schema-dump.ts';
import type { SchemaEvent } from '../../change/schema-event.ts';
import { createdEvent, defineFromServer } from './define-from-server.ts';
import type { SchemaCatalog } from './schema-catalog.ts';

/**
 * Takes a server's DDL into the catalog and returns the events by which Debezium's snapshot describes it: the server's charset,
 * every table dropped, then each database dropped, made and filled. A table that the grammar refuses makes an event
 * without its columns, and its schema is read from the server when its first row comes.
 */
export function takeDump(
  dump: SchemaDump,
  { catalog, flavor }: { catalog: SchemaCatalog; flavor: ServerFlavor },
): SchemaEvent[] {
  catalog.serverCharset = dump.charset;
  for (const { database, charset } of dump.databases) catalog.setDatabaseCharset(database, charset);
  const events: SchemaEvent[] = [serverEvent(dump)];
  for (const { database, table } of dump.tables) {
    const ddl = `DROP TABLE IF EXISTS ${quoted(database)}.${quoted(table)}`;
    const change = { type: 'DROP', database, table, previous: null, definition: null } as const;
    events.push({ database, tables: table, ddl, changes: [change] });
  }
  for (const { database, charset, collation } of dump.databases) {
    const name = quoted(database);
    events.push(databaseEvent(database, `DROP DATABASE IF EXISTS ${name}`));
    events.push(databaseEvent(database, `CREATE DATABASE ${name} CHARSET ${charset} COLLATE ${collation}`));
    events.push(databaseEvent(database, `USE ${name}`));
    for (const name of dump.tables.filter((table) => table.database === database)) {
      const definition = defineFromServer(name.createSql, { name, flavor });
      if (definition !== null) catalog.put(definition);
      events.push(
        definition === null
          ? { database, tables: name.table, ddl: name.createSql, changes: [] }
          : createdEvent(definition, name.createSql),
      );
    }
  }
  return events;
}

function serverEvent({ charset, collation }: SchemaDump): SchemaEvent {
  const ddl = `SET character_set_server=${charset}, collation_server=${collation}`;
  return { database: '', tables: null, ddl, changes: [] };
}

function databaseEvent(database: string, ddl: string): SchemaEvent {
  return { database, tables: null, ddl, changes: [] };
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
