import type { TableSchema } from '@sealane/binlog/table/table-schema';
import { compileMessageKeyColumns } from '@sealane/contracts/message-keys';

/** Names the columns of a table's record key, in key order; none: its records have no key. */
export type KeyColumns = (schema: TableSchema) => readonly string[];

/**
 * The key that `message.key.columns` chooses; where it chooses none, the primary key, which is the first unique key without nullable columns
 * where there is no primary one.
 */
export function compileMessageKeys(entries: readonly string[]): KeyColumns {
  if (entries.length === 0) return (schema) => schema.primaryKey;
  const chosen = compileMessageKeyColumns(entries);
  return ({ database, table, columns, primaryKey }) => {
    const names = columns.flatMap(({ name, hidden }) => (hidden === undefined ? [name] : []));
    return chosen({ database, table, columns: names }) ?? primaryKey;
  };
}
