import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import { charsetWidth } from '@sealane/binlog/table/collations';
import type { HiddenColumns } from '@sealane/binlog/table/hidden-columns';
import type { ColumnDefinition, TableDefinition } from '../../change/table-definition.ts';

/** Bytes of a key that every row format and page size of InnoDB can index. */
const INDEXABLE_BYTES = 767;

/** What MariaDB may keep beside the columns that a table's DDL declares; nothing where the DDL is not known. */
export function hiddenColumnsOf(definition: TableDefinition | null, flavor: ServerFlavor): HiddenColumns {
  if (definition === null || flavor !== 'mariadb') return { versioned: false, hashKeys: 0 };
  const { columns, uniqueKeys, versioned } = definition;
  const bytes = new Map(columns.map((column) => [column.name, indexedBytes(column)]));
  const isLong = (names: readonly string[]): boolean =>
    names.reduce((sum, name) => sum + (bytes.get(name) ?? 0), 0) > INDEXABLE_BYTES;
  return { versioned, hashKeys: uniqueKeys.filter((key) => isLong(key.columns)).length };
}

function indexedBytes({ typeName, length, charset }: ColumnDefinition): number {
  if (/TEXT|BLOB|^LONG|^JSON$/.test(typeName)) return Number.POSITIVE_INFINITY;
  if (!/CHAR|BINARY/.test(typeName)) return 8;
  return (length ?? 1) * (charset === null ? 1 : charsetWidth(charset));
}
