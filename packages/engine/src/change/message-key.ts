import type { TableSchema } from '@sealane/binlog/table/table-schema';

/** Names the columns of a table's record key, in key order; none: its records have no key. */
export type KeyColumns = (schema: TableSchema) => readonly string[];

/**
 * Compiles `message.key.columns`: entries `table:column,column`, both regular expressions; `database.table.column` as a whole
 * must match, letter case aside. All entries that match a table add to its key, in their order; none: its primary key,
 * which is the first unique key without nullable columns where there is no primary one.
 */
export function compileMessageKeys(entries: readonly string[]): KeyColumns {
  const patterns = entries.flatMap((entry) => {
    const colon = entry.indexOf(':');
    const table = entry.slice(0, colon).trim();
    const columns = entry.slice(colon + 1).split(',');
    return columns.map((column) => new RegExp(`^(?:${table}.${column.trim()})$`, 'i'));
  });
  if (patterns.length === 0) return (schema) => schema.primaryKey;
  return (schema) => {
    const { database, table, primaryKey } = schema;
    const columns = schema.columns.filter(({ hidden }) => hidden === undefined);
    const names = patterns.flatMap((pattern) =>
      columns.map(({ name }) => name).filter((name) => pattern.test(`${database}.${table}.${name}`)),
    );
    return names.length === 0 ? primaryKey : [...new Set(names)];
  };
}
