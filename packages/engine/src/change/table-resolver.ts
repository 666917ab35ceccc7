import type { TableMap } from '@sealane/binlog/events/table-map';
import type { CapturedTable } from './captured-table.ts';

/** Finds the schema behind a TABLE_MAP. Implemented by the schema stage, used by the source stage. */
export interface TableResolver {
  /** What is known of this map: the table, null when it is not captured, undefined when `load` must be asked. */
  lookup(map: TableMap): CapturedTable | null | undefined;
  /** Reads the schema; legal after `lookup` gave undefined. Throws when it is not the schema of the map. */
  load(map: TableMap): Promise<CapturedTable | null>;
  /** A DDL may have changed any table: nothing read before it holds. Legal at any time. */
  invalidate(): void;
}
