import type { ColumnDefinition } from '../../change/table-definition.ts';
import type { DeclaredColumn } from '../ddl/ddl-statement.ts';

/** Fills in what a column takes from its table. `nullable` false where the column is part of the primary key. */
export function resolveColumn(column: DeclaredColumn, tableCharset: string | null): ColumnDefinition {
  const { key, charset, versioned: _, ...rest } = column;
  return {
    ...rest,
    charset: charset === undefined ? tableCharset : charset,
    nullable: rest.nullable && key !== 'primary',
  };
}

/** Names of columns match without regard to case. */
export function sameName(left: string, right: string): boolean {
  return left === right || left.toLowerCase() === right.toLowerCase();
}
