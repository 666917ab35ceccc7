'use client';

import { type ColumnDef, type Header, type RowData, useTable } from '@tanstack/react-table';
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { type ColumnLayout, type Features, features } from './table-features.ts';

export interface SortState {
  sort: string;
  order: 'asc' | 'desc';
}

interface DataTableProps<T extends RowData> {
  /** Read aloud as the table's name. */
  label: string;
  // biome-ignore lint/suspicious/noExplicitAny: a column list holds columns of different value types; TanStack types it so itself.
  columns: ColumnDef<Features, T, any>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  /** True until the first answer: rows are skeletons of final height. */
  loading?: boolean;
  skeletonRows?: number;
  sort?: SortState;
  onSort?: (sort: SortState) => void;
  hidden?: readonly string[];
  /** Instead of rows when there are none. */
  empty?: ReactNode;
  tall?: boolean;
}

const hiddenBelow = {
  sm: 'max-sm:hidden',
  md: 'max-md:hidden',
  lg: 'max-lg:hidden',
  xl: 'max-xl:hidden',
} as const;

function layoutClass(meta: unknown): string {
  const layout = (meta ?? {}) as ColumnLayout;
  return cx(
    layout.align === 'right' ? 'text-right' : 'text-left',
    layout.width,
    layout.from ? hiddenBelow[layout.from] : undefined,
  );
}

/** A table of one page of rows; sorting is asked of the server through the address. */
export function DataTable<T extends RowData>(props: DataTableProps<T>) {
  const { columns, rows, rowId, loading, sort, onSort, hidden } = props;
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    state: {
      sorting: sort ? [{ id: sort.sort, desc: sort.order === 'desc' }] : [],
      columnVisibility: Object.fromEntries((hidden ?? []).map((id) => [id, false])),
    },
  });
  if (loading !== true && rows.length === 0) return props.empty ?? null;
  const height = props.tall === true ? 'h-14' : 'h-8';
  return (
    <div className="relative overflow-x-auto">
      <table className="w-full text-sm" aria-label={props.label} aria-busy={loading === true}>
        <thead className="border-b text-xs text-ink-3">
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} className="h-8">
              {group.headers.map((header) => (
                <HeaderCell key={header.id} header={header} sort={sort} onSort={onSort}>
                  <table.FlexRender header={header} />
                </HeaderCell>
              ))}
            </tr>
          ))}
        </thead>
        <tbody className="divide-y divide-line">
          {loading === true
            ? skeletonKeys(props.skeletonRows ?? 5).map((key) => (
                <SkeletonRow
                  key={key}
                  height={height}
                  metas={table.getVisibleLeafColumns().map((column) => column.columnDef.meta)}
                />
              ))
            : table.getRowModel().rows.map((row) => (
                <tr key={row.id} className={cx('fade group hover:bg-hover', height)}>
                  {row.getVisibleCells().map((cell) => (
                    <td key={cell.id} className={cx('px-3', layoutClass(cell.column.columnDef.meta))}>
                      <table.FlexRender cell={cell} />
                    </td>
                  ))}
                </tr>
              ))}
        </tbody>
      </table>
    </div>
  );
}

/** Skeleton rows have no identity but their place. */
function skeletonKeys(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `skeleton-${index}`);
}

function SkeletonRow({ height, metas }: { height: string; metas: readonly unknown[] }) {
  return (
    <tr className={height}>
      {metas.map((meta, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns of a skeleton keep their order.
        <td key={index} className={cx('px-3', layoutClass(meta))}>
          <div className="skeleton inline-block h-3 w-3/5 min-w-8 align-middle" />
        </td>
      ))}
    </tr>
  );
}

interface HeaderCellProps<T extends RowData> {
  header: Header<Features, T, unknown>;
  sort: SortState | undefined;
  onSort: ((sort: SortState) => void) | undefined;
  children: ReactNode;
}

function HeaderCell<T extends RowData>({ header, sort, onSort, children }: HeaderCellProps<T>) {
  const id = header.column.id;
  const active = sort?.sort === id;
  const className = cx('px-3 font-medium whitespace-nowrap', layoutClass(header.column.columnDef.meta));
  if (!onSort || header.column.columnDef.enableSorting === false) {
    return (
      <th scope="col" className={className}>
        {children}
      </th>
    );
  }
  const Icon = active ? (sort.order === 'asc' ? ArrowUp : ArrowDown) : ArrowUpDown;
  return (
    <th
      scope="col"
      className={className}
      aria-sort={active ? (sort.order === 'asc' ? 'ascending' : 'descending') : 'none'}
    >
      <button
        type="button"
        className={cx(
          'fade group/sort inline-flex items-center gap-1 hover:text-ink',
          (header.column.columnDef.meta as ColumnLayout | undefined)?.align === 'right' && 'flex-row-reverse',
          active && 'text-ink',
        )}
        onClick={() => onSort({ sort: id, order: active && sort.order === 'asc' ? 'desc' : 'asc' })}
      >
        {children}
        <Icon
          aria-hidden
          className={cx(
            'size-3',
            !active && 'opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100',
          )}
        />
      </button>
    </th>
  );
}
