import type { SourceTable } from '@sealane/contracts/api/sources';
import { tableId } from './draft.ts';

/** One line of the table picker. */
export type PickerRow =
  | {
      kind: 'database';
      name: string;
      tables: readonly SourceTable[];
      open: boolean;
      state: 'all' | 'some' | 'none';
    }
  | { kind: 'table'; table: SourceTable; picked: boolean };

interface RowsOptions {
  tables: readonly SourceTable[];
  picks: readonly string[];
  filter: string;
  /** Databases that are folded; a search shows all. */
  closed: ReadonlySet<string>;
}

function groupByDatabase(tables: readonly SourceTable[]): Map<string, SourceTable[]> {
  const groups = new Map<string, SourceTable[]>();
  for (const table of tables) {
    const group = groups.get(table.database);
    if (group) group.push(table);
    else groups.set(table.database, [table]);
  }
  return groups;
}

/** The visible lines of the tree: databases, and the tables of those that are open. */
export function pickerRows({ tables, picks, filter, closed }: RowsOptions): PickerRow[] {
  const wanted = filter.trim().toLowerCase();
  const chosen = new Set(picks);
  const byDatabase = groupByDatabase(tables);
  const rows: PickerRow[] = [];
  for (const [name, all] of byDatabase) {
    const shown = wanted === '' ? all : all.filter((table) => tableId(table).toLowerCase().includes(wanted));
    if (shown.length === 0) continue;
    const count = all.filter((table) => chosen.has(tableId(table))).length;
    const state = chosen.has(name) ? 'all' : count > 0 ? 'some' : 'none';
    const open = wanted !== '' || !closed.has(name);
    rows.push({ kind: 'database', name, tables: all, open, state });
    if (!open) continue;
    for (const table of shown)
      rows.push({ kind: 'table', table, picked: chosen.has(name) || chosen.has(tableId(table)) });
  }
  return rows;
}

/** Picks or drops a whole database; its single picks go into it. */
export function toggleDatabase(
  picks: readonly string[],
  name: string,
  tables: readonly SourceTable[],
): string[] {
  const own = new Set([name, ...tables.map(tableId)]);
  const rest = picks.filter((pick) => !own.has(pick));
  return picks.includes(name) ? rest : [...rest, name];
}

/** Picks or drops one table; dropping it out of a whole database leaves the database's other tables picked. */
export function toggleTable(
  picks: readonly string[],
  table: SourceTable,
  siblings: readonly SourceTable[],
): string[] {
  const id = tableId(table);
  if (picks.includes(table.database)) {
    const others = siblings.map(tableId).filter((other) => other !== id);
    return [...picks.filter((pick) => pick !== table.database), ...others];
  }
  return picks.includes(id) ? picks.filter((pick) => pick !== id) : [...picks, id];
}
