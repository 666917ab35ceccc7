import type { RawEvent } from '@sealane/binlog/events/raw-event';
import type { TableMap } from '@sealane/binlog/events/table-map';
import { TableMapCache } from '@sealane/binlog/events/table-map-cache';
import type { CapturedTable } from '../../change/captured-table.ts';
import type { TableResolver } from '../../change/table-resolver.ts';

/** What the table ids of a stream stand for: each until its next map, all of them until the next DDL or file. */
export class MappedTables {
  readonly #resolver: Pick<TableResolver, 'lookup'>;
  readonly #maps = new TableMapCache();
  readonly #tables = new Map<number, CapturedTable | null>();
  /** The map that was resolved last: a stream of small transactions repeats it. */
  #newestMap: TableMap | null = null;
  #newestTable: CapturedTable | null = null;

  constructor(resolver: Pick<TableResolver, 'lookup'>) {
    this.#resolver = resolver;
  }

  /** Takes a TABLE_MAP event. Returns a map whose schema must be loaded and told to `resolved` before the next event. */
  map(event: RawEvent): TableMap | null {
    const map = this.#maps.get(event);
    if (map === this.#newestMap) return null;
    const table = this.#resolver.lookup(map);
    if (table === undefined) return map;
    this.resolved(map, table);
    return null;
  }

  /** The answer to a map that `map` returned; null: the table is not captured. */
  resolved(map: TableMap, table: CapturedTable | null): void {
    this.#tables.set(map.tableId, table);
    this.#newestMap = map;
    this.#newestTable = table;
  }

  /** Null: the table is not captured, or its map was not seen. */
  get(tableId: number): CapturedTable | null {
    return tableId === this.#newestMap?.tableId ? this.#newestTable : (this.#tables.get(tableId) ?? null);
  }

  forget(): void {
    this.#tables.clear();
    this.#newestMap = null;
  }
}
