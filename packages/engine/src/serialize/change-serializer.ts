import type { HandlingModes } from '@sealane/binlog/columns/handling-modes';
import type { Change } from '../change/change.ts';
import type { RecordCursor } from '../change/record-cursor.ts';
import { EnvelopeClock } from './envelope-clock.ts';
import { SnapshotRowsCursor } from './snapshot-rows-cursor.ts';
import type { SourceIdentity } from './source-block.ts';
import { StreamedRowsCursor } from './streamed-rows-cursor.ts';
import { TableWriters } from './table-writers.ts';

/** Turns changes into records. */
export interface ChangeSerializer {
  /** Reads the clock anew for the rest of an opened change: to be called after a wait in its middle. */
  tick(): void;
  /**
   * The records of a change, or null when it makes none. The cursor is reused: it must be walked to its end before the
   * next call.
   */
  open(change: Change): RecordCursor | null;
}

export interface DebeziumJsonOptions {
  identity: SourceIdentity;
  modes: HandlingModes;
  /** `tombstones.on.delete`. */
  tombstones: boolean;
}

/** Debezium's JSON envelope without schemas. Truncates make no record, as under `skipped.operations=t`. */
export function createDebeziumJsonSerializer(options: DebeziumJsonOptions): ChangeSerializer {
  const { identity, modes, tombstones } = options;
  const clock = new EnvelopeClock();
  const writers = new TableWriters(modes);
  const streamed = new StreamedRowsCursor({ identity, clock, tombstones, writers });
  const snapshot = new SnapshotRowsCursor({ identity, clock, modes });
  return {
    tick: () => clock.tick(),
    open(change) {
      clock.tick();
      if (change.tag === 'rows') return streamed.open(change);
      if (change.tag === 'snapshot-rows') return snapshot.open(change);
      return null;
    },
  };
}
