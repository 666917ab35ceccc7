import type { PartialRowsEvent, RowsEvent } from '@sealane/binlog/events/rows-event';
import { compilePartialRows, type PartialRows } from '@sealane/binlog/row/partial-rows';
import type { CapturedTable } from '../../change/captured-table.ts';

/** Makes ordinary updates of those whose JSON may be differences; compiled once per table. */
export class PartialUpdates {
  readonly #compiled = new WeakMap<CapturedTable, PartialRows>();

  expand(event: PartialRowsEvent, table: CapturedTable): RowsEvent {
    let rows = this.#compiled.get(table);
    if (rows === undefined) {
      const { schema, tableMap } = table;
      if (tableMap === null) throw new TypeError(`The rows of ${table.id} came without a table map.`);
      rows = compilePartialRows({ schema, tableMap });
      this.#compiled.set(table, rows);
    }
    return rows.expand(event);
  }
}
