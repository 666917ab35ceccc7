import type { TableMap } from '@sealane/binlog/events/table-map';
import type { TableSchema } from '@sealane/binlog/table/table-schema';

/**
 * A table whose rows are captured, as of one schema. Immutable: a new schema makes a new object, so that whatever
 * is compiled for a table may be cached by it.
 */
export interface CapturedTable {
  readonly database: string;
  readonly table: string;
  /** `database.table`. */
  readonly id: string;
  readonly schema: TableSchema;
  /** Wire types of the rows events; null for a snapshot, which reads text. */
  readonly tableMap: TableMap | null;
  /** Which columns are captured, by ordinal. */
  readonly included: (ordinal: number) => boolean;
}
