import { BytesComparer } from '../bytes/same-bytes.ts';
import { parseTableMap, tableIdOf } from './parse-table-map.ts';
import type { RawEvent } from './raw-event.ts';
import type { TableMap } from './table-map.ts';

/**
 * Parses TABLE_MAP events, but gives back the identical object while a table id's map does not change: a
 * transaction repeats the maps of all its tables, and what is compiled from a map is kept by its identity.
 */
export class TableMapCache {
  readonly #maxTables: number;
  readonly #maps = new Map<number, TableMap>();
  readonly #comparer = new BytesComparer();
  #newest: TableMap | null = null;

  /** `maxTables`: how many maps are kept; the one parsed longest ago goes first. */
  constructor(maxTables = 10_000) {
    this.#maxTables = maxTables;
  }

  /** The table map of an event, parsed or remembered. */
  get(event: RawEvent): TableMap {
    const tableId = tableIdOf(event);
    const newest = this.#newest;
    const known = newest?.tableId === tableId ? newest : this.#maps.get(tableId);
    if (known !== undefined && this.#hasBody(event, known)) {
      this.#newest = known;
      return known;
    }
    const map = parseTableMap(event);
    this.#maps.delete(tableId);
    this.#maps.set(tableId, map);
    this.#newest = map;
    if (this.#maps.size > this.#maxTables) {
      for (const [oldest, evicted] of this.#maps) {
        this.#maps.delete(oldest);
        if (evicted === this.#newest) this.#newest = null;
        break;
      }
    }
    return map;
  }

  /** The map a rows event refers to, or undefined when none was seen. */
  find(tableId: number): TableMap | undefined {
    return this.#maps.get(tableId);
  }

  /** Forgets everything, as a replica does at the start of a new binlog file of another server process. */
  clear(): void {
    this.#maps.clear();
    this.#newest = null;
  }

  /** Table id and flags lie in front of the fingerprint. */
  #hasBody(event: RawEvent, { fingerprint }: TableMap): boolean {
    const start = event.bodyStart + 8;
    return event.end - start === fingerprint.size && this.#comparer.isSame(event.bytes, start, fingerprint);
  }
}
