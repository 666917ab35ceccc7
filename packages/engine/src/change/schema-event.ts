import type { TableDefinition } from './table-definition.ts';

/** What became of one table. */
export interface TableChange {
  readonly type: 'CREATE' | 'ALTER' | 'DROP';
  readonly database: string;
  readonly table: string;
  /** The name before a rename; null: the same. */
  readonly previous: { readonly database: string; readonly table: string } | null;
  /** The table as it is now; null after a drop. */
  readonly definition: TableDefinition | null;
  /** True where the statement itself took the table away again, as the middle name of a swap: no record tells of it. */
  readonly passing?: boolean;
}

/** One schema-change record: a statement makes several where it concerns several tables. */
export interface SchemaEvent {
  /** `databaseName` of the record and its key. */
  readonly database: string;
  /** `source.table`: the tables of the statement, joined by commas; '' for a statement without effect, null for one on a database. */
  readonly tables: string | null;
  readonly ddl: string;
  readonly changes: readonly TableChange[];
}
