'use client';

import type { SourceTable } from '@sealane/contracts/api/sources';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight, Database, KeyRound, Table2, TriangleAlert } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { formatBytes, formatCompact, formatCount, plural } from '../../components/format/numbers.ts';
import { Checkbox } from '../../components/ui/checkbox.tsx';
import { cx } from '../../components/ui/cx.ts';
import { SearchInput } from '../../components/ui/search-input.tsx';
import { pickedTables, tableId } from './draft.ts';
import { type PickerRow, pickerRows, toggleDatabase, toggleTable } from './picker-rows.ts';

interface TablePickerProps {
  tables: readonly SourceTable[];
  picks: readonly string[];
  onChange: (picks: string[]) => void;
}

const ROW_HEIGHT = 32;
/** Above this many tables the databases start folded. */
const FOLD_ABOVE = 60;

/** A searchable tree of databases and tables; only the visible lines are in the page. */
export function TablePicker({ tables, picks, onChange }: TablePickerProps) {
  const [filter, setFilter] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(() =>
    tables.length > FOLD_ABOVE ? new Set(tables.map((table) => table.database)) : new Set(),
  );
  const rows = useMemo(() => pickerRows({ tables, picks, filter, closed }), [tables, picks, filter, closed]);
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  const picked = pickedTables(picks, tables);
  const fold = (name: string) => {
    const next = new Set(closed);
    if (!next.delete(name)) next.add(name);
    setClosed(next);
  };
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <div className="flex flex-wrap items-center gap-2 border-b p-2">
        <SearchInput
          value={filter}
          onChange={setFilter}
          delayMs={80}
          label="Search tables"
          className="min-w-40 flex-1"
        />
        <span className="tnum px-1 text-xs text-ink-3">
          {formatCount(picked.length)} of {plural(tables.length, 'table')}
        </span>
      </div>
      <section ref={scroll} className="h-96 overflow-y-auto" aria-label="Databases and tables">
        {rows.length === 0 ? (
          <p className="py-16 text-center text-sm text-ink-3">No table is called that.</p>
        ) : null}
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <div
                key={item.key}
                className="absolute inset-x-0"
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                <PickerLine
                  row={row}
                  onFold={fold}
                  onDatabase={(name, all) => onChange(toggleDatabase(picks, name, all))}
                  onTable={(table) =>
                    onChange(
                      toggleTable(
                        picks,
                        table,
                        tables.filter((other) => other.database === table.database),
                      ),
                    )
                  }
                />
              </div>
            );
          })}
        </div>
      </section>
    </div>
  );
}

interface PickerLineProps {
  row: PickerRow;
  onFold: (name: string) => void;
  onDatabase: (name: string, tables: readonly SourceTable[]) => void;
  onTable: (table: SourceTable) => void;
}

function PickerLine({ row, onFold, onDatabase, onTable }: PickerLineProps) {
  if (row.kind === 'database') {
    return (
      <div className="flex h-8 items-center gap-2 border-b bg-sunken px-2 text-sm">
        <button
          type="button"
          aria-expanded={row.open}
          aria-label={`${row.open ? 'Fold' : 'Unfold'} ${row.name}`}
          onClick={() => onFold(row.name)}
          className="fade flex size-6 items-center justify-center rounded-sm text-ink-3 hover:text-ink"
        >
          <ChevronRight
            aria-hidden
            className={cx('size-3.5 transition-transform', row.open && 'rotate-90')}
          />
        </button>
        <Checkbox
          label={`All of ${row.name}`}
          checked={row.state === 'all'}
          indeterminate={row.state === 'some'}
          onChange={() => onDatabase(row.name, row.tables)}
        />
        <Database aria-hidden className="size-3.5 text-ink-3" />
        <span className="truncate font-mono text-xs font-medium">{row.name}</span>
        <span className="tnum text-xs text-ink-3">{plural(row.tables.length, 'table')}</span>
      </div>
    );
  }
  const { table } = row;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is a Base UI control.
    <label className="fade flex h-8 cursor-pointer items-center gap-2 border-b pr-3 pl-10 text-sm hover:bg-hover">
      <Checkbox label={tableId(table)} checked={row.picked} onChange={() => onTable(table)} />
      <Table2 aria-hidden className="size-3.5 shrink-0 text-ink-3" />
      <span className="min-w-0 flex-1 truncate font-mono text-xs">{table.table}</span>
      {table.recordKey.length === 0 ? (
        <span
          className="flex items-center gap-1 text-xs text-warn"
          title="Neither a primary key nor a unique key over columns that are never NULL: records have no key, and changes of one row may land in different partitions"
        >
          <TriangleAlert aria-hidden className="size-3" />
          no key
        </span>
      ) : (
        <span
          className="flex max-w-28 items-center gap-1 truncate font-mono text-xs text-ink-3 max-sm:hidden"
          title={`${table.primaryKey.length > 0 ? 'Primary key' : 'Unique key'}: ${table.recordKey.join(', ')}`}
        >
          <KeyRound aria-hidden className="size-3 shrink-0" />
          <span className="truncate">{table.recordKey.join(', ')}</span>
        </span>
      )}
      <span
        className="tnum w-20 text-right text-xs whitespace-nowrap text-ink-2"
        title={`${formatCount(table.rowsEstimated)} rows, estimated`}
      >
        {table.rowsEstimated === null ? '–' : `~${formatCompact(table.rowsEstimated)} rows`}
      </span>
      <span className="tnum w-16 text-right text-xs whitespace-nowrap text-ink-3 max-sm:hidden">
        {formatBytes(table.bytes)}
      </span>
    </label>
  );
}
