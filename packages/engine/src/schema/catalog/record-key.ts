import type { TableDefinition } from '../../change/table-definition.ts';

/** The columns that identify a row: the primary key, else the first unique key without nulls (Debezium's rule); empty: none. */
export function identifyingColumns(table: TableDefinition): readonly string[] {
  if (table.primaryKey.length > 0) return table.primaryKey;
  const nullable = new Set(table.columns.filter((column) => column.nullable).map(({ name }) => name));
  return table.uniqueKeys.find(({ columns }) => columns.every((name) => !nullable.has(name)))?.columns ?? [];
}
