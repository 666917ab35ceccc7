/** A table by name, with the names of its columns in order. */
export interface NamedColumns {
  readonly database: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/** The key columns that the configuration chooses for a table, in key order; null: it chooses none. */
export type ChosenKey = (table: NamedColumns) => readonly string[] | null;

/**
 * Compiles `message.key.columns`: entries `table:column,column`, both regular expressions; `database.table.column` as a whole
 * must match, letter case aside. All entries that match a table add to its key, in their order.
 */
export function compileMessageKeyColumns(entries: readonly string[]): ChosenKey {
  const patterns = entries.flatMap((entry) => {
    const colon = entry.indexOf(':');
    const table = entry.slice(0, colon).trim();
    const columns = entry.slice(colon + 1).split(',');
    return columns.map((column) => new RegExp(`^(?:${table}.${column.trim()})$`, 'i'));
  });
  return ({ database, table, columns }) => {
    const names = patterns.flatMap((pattern) =>
      columns.filter((name) => pattern.test(`${database}.${table}.${name}`)),
    );
    return names.length === 0 ? null : [...new Set(names)];
  };
}
