import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapturedTable } from '../../change/captured-table.ts';
import type { SnapshotRowsChange } from '../../change/change.ts';
import { SnapshotMarkers } from './snapshot-markers.ts';

const position = { file: 'bin.1', position: 4, gtidSet: null };

function table(name: string): CapturedTable {
  const schema = { database: 'd', table: name, columns: [], primaryKey: [] };
  return { database: 'd', table: name, id: `d.${name}`, schema, tableMap: null, included: () => true };
}

/** Feeds tables of so many rows in chunks of at most `chunk` and lists each row's `table:row:marker`. */
function markersOf(rowCounts: readonly number[], chunk: number): string[] {
  const markers = new SnapshotMarkers({ position, timestampMs: 0 });
  const changes: SnapshotRowsChange[] = [];
  rowCounts.forEach((rows, index) => {
    const captured = table(String(index));
    const packets = Array.from({ length: rows }, (_, row) => ({
      bytes: Buffer.alloc(0),
      start: row,
      end: row,
    }));
    for (let at = 0; at < rows; at += chunk)
      changes.push(...markers.add(captured, packets.slice(at, at + chunk)));
  });
  changes.push(...markers.end());
  return changes.flatMap((change) =>
    change.packets.map((packet, index) => {
      const isLast = index === change.packets.length - 1;
      const marker = isLast ? change.lastMarker : index === 0 ? change.firstMarker : 'true';
      return `${change.table.table}:${packet.start}:${marker}`;
    }),
  );
}

describe('snapshot markers', () => {
  it('marks the ends of the snapshot and of each table', () => {
    expect(markersOf([3, 2], 10)).toEqual([
      '0:0:first',
      '0:1:true',
      '0:2:last_in_data_collection',
      '1:0:first_in_data_collection',
      '1:1:last',
    ]);
  });

  it('marks the last row of all also when empty tables follow it', () => {
    expect(markersOf([2, 0, 0], 10)).toEqual(['0:0:first', '0:1:last']);
  });

  it('calls the only row of all the last, as Debezium does', () => {
    expect(markersOf([1], 10)).toEqual(['0:0:last']);
  });

  it('gives the same markers however the rows are cut into reads', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 5 }), fc.integer({ min: 1, max: 4 }), (rows, chunk) => {
        expect(markersOf(rows, chunk)).toEqual(markersOf(rows, 1000));
      }),
    );
  });
});
