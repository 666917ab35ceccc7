import type { TableMap } from '@sealane/binlog/events/table-map';
import type { CapturedTable } from './captured-table.ts';
import type { SchemaEvent } from './schema-event.ts';

/** A statement of the binlog that may change schemas. */
export interface DdlText {
  readonly sql: string;
  /** Default database of the session; '' for none. */
  readonly database: string;
  /** `sql_mode` bits of the session; null where not told. */
  readonly sqlMode: bigint | null;
}

/** What a statement did. */
export interface DdlEffect {
  readonly events: readonly SchemaEvent[];
  /** The table that a TRUNCATE emptied; null for any other statement. */
  readonly truncated: { readonly database: string; readonly table: string } | null;
}

/** A table whose schema had to be read from the server. */
export interface LoadedTable {
  readonly table: CapturedTable;
  /** What was learnt thereby; null: the schema was known, or cannot be kept. */
  readonly learnt: SchemaEvent | null;
}

/** Knows the schema behind a TABLE_MAP. Implemented by the schema stage, used by the source stage. */
export interface TableResolver {
  /** What is known of this map: the table, null when it is not captured, undefined when `load` must be asked. */
  lookup(map: TableMap): CapturedTable | null | undefined;
  /** Reads the schema; legal after `lookup` gave undefined. Throws when it is not the schema of the map. */
  load(map: TableMap): Promise<LoadedTable>;
  /** Moves past a statement: what was looked up before it holds no more. Legal at any time; throws nothing. */
  apply(ddl: DdlText): DdlEffect;
}
