import type { ColumnDiff, TableDiff, TableEffect } from '@sealane/contracts/api/schema-changes';
import type { HistoryTableJson } from '@sealane/contracts/schema-history';
import { diffColumns, wholeTable } from './diff-columns.ts';
import { timelineColumn } from './timeline-column.ts';

/** A table as a record of the history has it. */
export interface TableVersion {
  readonly table: HistoryTableJson;
  readonly comment: string | null;
}

/** One change of a table with what it is compared with. */
export interface ComparedChange
  extends Pick<TableEffect, 'type' | 'database' | 'table' | 'renamedFrom' | 'captured'> {
  readonly ddl: string;
  /** Null after a drop. */
  readonly after: TableVersion | null;
  readonly before: TableVersion | null;
  readonly comparedWith: TableEffect['comparedWith'];
}

/** What became of the table, column by column. */
export function tableDiff(change: ComparedChange): TableDiff {
  const { type, database, table, renamedFrom, captured, comparedWith, before, after } = change;
  const columns = columnDiffs(change);
  const keys = { before: keysOf(before), after: keysOf(after) };
  const count = (which: ColumnDiff['change']): number =>
    columns.filter(({ change }) => change === which).length;
  return {
    type,
    database,
    table,
    renamedFrom,
    captured,
    comparedWith,
    added: count('added'),
    removed: count('removed'),
    changed: count('changed'),
    keyChanged:
      before !== null && after !== null && JSON.stringify(keys.before) !== JSON.stringify(keys.after),
    columns,
    keys,
    charset: {
      before: before?.table.defaultCharsetName ?? null,
      after: after?.table.defaultCharsetName ?? null,
    },
    comment: { before: before?.comment ?? null, after: after?.comment ?? null },
  };
}

/** The same in numbers. */
export function tableEffect(change: ComparedChange): TableEffect {
  const { columns: _, keys: __, charset: ___, comment: ____, ...effect } = tableDiff(change);
  return effect;
}

function columnDiffs({ before, after, comparedWith, ddl }: ComparedChange): ColumnDiff[] {
  const columnsOf = ({ table }: TableVersion) =>
    table.columns.map((column, index) => timelineColumn(column, index + 1));
  if (before !== null && after !== null) return diffColumns(columnsOf(before), columnsOf(after), ddl);
  if (after !== null) return wholeTable(columnsOf(after), comparedWith === 'unknown' ? 'same' : 'added');
  return before === null ? [] : wholeTable(columnsOf(before), 'removed');
}

function keysOf(version: TableVersion | null): TableDiff['keys']['after'] {
  if (version === null) return [];
  const { primaryKey, primaryKeyColumnNames, uniqueKeys } = version.table;
  const primary = primaryKey ?? primaryKeyColumnNames;
  return [
    ...(primary.length === 0 ? [] : [{ name: null, kind: 'primary' as const, columns: primary }]),
    ...uniqueKeys.map(({ name, columns }) => ({ name, kind: 'unique' as const, columns })),
  ];
}
