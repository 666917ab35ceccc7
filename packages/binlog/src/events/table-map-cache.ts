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

  /** `maxTables`: how many maps are kept; the one parsed longest ago goes first. */
  constructor(maxTables = 10_000) {
    this.#maxTables = maxTables;
  }

  /** The table map of an event, parsed or remembered. */
  get(event: RawEvent): TableMap {
    const tableId = tableIdOf(event);
    const known = this.#maps.get(tableId);
    if (known !== undefined && sameBody(event, known)) return known;
    const map = parseTableMap(event);
    this.#maps.delete(tableId);
    this.#maps.set(tableId, map);
    if (this.#maps.size > this.#maxTables) {
      for (const oldest of this.#maps.keys()) {
        this.#maps.delete(oldest);
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
  }
}

/** Table id and flags lie in front of the fingerprint. */
function sameBody(event: RawEvent, map: TableMap): boolean {
  const start = event.bodyStart + 8;
  const { bytes } = event;
  const known = map.fingerprint;
  const size = known.length;
  if (event.end - start !== size) return false;
  // A loop: a call into Node costs more than the few hundred bytes of a map.
  for (let i = 0; i < size; i++) if (bytes[start + i] !== known[i]) return false;
  return true;
}
