import type { CapturedTable } from '../../change/captured-table.ts';
import type { SnapshotMarker, SnapshotRowPacket, SnapshotRowsChange } from '../../change/change.ts';
import type { Position } from '../../change/position.ts';

/** The newest row: only the next one tells whether it is the last of its table, or of all. */
interface HeldRow {
  readonly table: CapturedTable;
  readonly packet: SnapshotRowPacket;
  readonly isFirstOfTable: boolean;
  readonly isFirstOfAll: boolean;
}

/**
 * Gives each row its `source.snapshot` marker by holding one row back, across tables too: the last row of all may be
 * followed by empty tables. Precedence as in Debezium's `RelationalSnapshotChangeEventSource`: last, first,
 * last_in_data_collection, first_in_data_collection, true.
 */
export class SnapshotMarkers {
  readonly #common: { readonly position: Position; readonly timestampMs: number };
  #held: HeldRow | null = null;
  #isFirstOfAll = true;

  constructor(common: { position: Position; timestampMs: number }) {
    this.#common = common;
  }

  /** Rows of a table in order; tables one after the other. Returns what can be told already. */
  add(table: CapturedTable, packets: readonly SnapshotRowPacket[]): SnapshotRowsChange[] {
    const last = packets[packets.length - 1];
    if (last === undefined) return [];
    const held = this.#held;
    const changes: SnapshotRowsChange[] = [];
    const isNewTable = held?.table !== table;
    if (held !== null && isNewTable) {
      changes.push(this.#single(held, held.isFirstOfAll ? 'first' : 'last_in_data_collection'));
    }
    const ready = held !== null && !isNewTable ? [held.packet, ...packets] : packets;
    const isFirstOfTable = isNewTable || held?.isFirstOfTable === true;
    const isFirstOfAll = isNewTable ? this.#isFirstOfAll : held?.isFirstOfAll === true;
    this.#isFirstOfAll = false;
    const told = ready.slice(0, -1);
    if (told.length > 0) changes.push(this.#several(table, told, startMarker(isFirstOfTable, isFirstOfAll)));
    this.#held = {
      table,
      packet: last,
      isFirstOfTable: isFirstOfTable && told.length === 0,
      isFirstOfAll: isFirstOfAll && told.length === 0,
    };
    return changes;
  }

  /** The last row of all; empty when there was none. */
  end(): SnapshotRowsChange[] {
    const held = this.#held;
    this.#held = null;
    return held === null ? [] : [this.#single(held, 'last')];
  }

  #single(held: HeldRow, marker: SnapshotMarker): SnapshotRowsChange {
    return this.#several(held.table, [held.packet], marker);
  }

  #several(
    table: CapturedTable,
    packets: readonly SnapshotRowPacket[],
    firstMarker: SnapshotMarker,
  ): SnapshotRowsChange {
    const lastMarker = packets.length === 1 ? firstMarker : 'true';
    return { tag: 'snapshot-rows', table, packets, firstMarker, lastMarker, ...this.#common };
  }
}

function startMarker(isFirstOfTable: boolean, isFirstOfAll: boolean): SnapshotMarker {
  if (isFirstOfAll) return 'first';
  return isFirstOfTable ? 'first_in_data_collection' : 'true';
}
