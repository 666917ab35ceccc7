import type { ColumnDeclaration, TableSchema } from '@sealane/binlog/table/table-schema';
import type { ColumnDefinition, TableDefinition } from '../../change/table-definition.ts';

/** The schema with what the table's DDL says of its columns, matched by name; as it was where the DDL is not known. */
export function declareColumns(schema: TableSchema, definition: TableDefinition | null): TableSchema {
  if (definition === null) return schema;
  const known = new Map(definition.columns.map((column) => [column.name, declarationOf(column)]));
  const columns = schema.columns.map((column) => {
    const declared = known.get(column.name);
    return declared === undefined ? column : { ...column, declared };
  });
  return { ...schema, columns };
}

function declarationOf({
  typeName,
  length,
  scale,
  comment,
  defaultValue,
}: ColumnDefinition): ColumnDeclaration {
  return { typeName, length, scale, comment, defaultText: defaultValue?.expression ?? null };
}
