import type { ColumnDefinition } from '../../change/table-definition.ts';

/** A table by its full name. */
export interface TableName {
  readonly database: string;
  readonly table: string;
}

/** Where a column goes: at the end (null), in front, or behind another one. */
export type ColumnPlace = null | 'first' | { readonly after: string };

/** A column as declared; what depends on the table's character set is still open. */
export interface DeclaredColumn extends Omit<ColumnDefinition, 'charset'> {
  /** Declared or implied by the type; undefined: the table's; null: the type has no characters. */
  readonly charset: string | null | undefined;
  /** `PRIMARY KEY` or `UNIQUE` stands beside the column. */
  readonly key: 'primary' | 'unique' | null;
  /** `WITH SYSTEM VERSIONING` stands beside the column, which makes the table a versioned one. */
  readonly versioned: boolean;
}

/** A character set as DDL names it: by itself, through a collation, or `default`. */
export type CharsetOption = { readonly charset: string } | 'default';

export interface TableOptions {
  readonly charset?: CharsetOption;
  readonly comment?: string;
  readonly versioned?: boolean;
}

/** A key of a table; `columns` null where it has expressions or prefixes that no record key can be made of. */
export interface DeclaredKey {
  readonly kind: 'primary' | 'unique';
  readonly name: string | null;
  readonly columns: readonly string[] | null;
}

/** One step of an ALTER TABLE. `guarded`: IF EXISTS or IF NOT EXISTS stands before the name. */
export type AlterStep =
  | {
      readonly step: 'add';
      readonly column: DeclaredColumn;
      readonly place: ColumnPlace;
      readonly guarded: boolean;
    }
  | {
      /** MODIFY when `name` is the column's own. `isModify` because MODIFY forgets an old comment in no case. */
      readonly step: 'change';
      readonly name: string;
      readonly column: DeclaredColumn;
      readonly place: ColumnPlace;
      readonly guarded: boolean;
    }
  | { readonly step: 'drop'; readonly name: string; readonly guarded: boolean }
  | { readonly step: 'rename-column'; readonly from: string; readonly to: string; readonly guarded: boolean }
  | {
      readonly step: 'default';
      readonly name: string;
      readonly value: ColumnDefinition['defaultValue'];
      readonly guarded: boolean;
    }
  | {
      readonly step: 'visibility';
      readonly name: string;
      readonly visible: boolean;
      readonly guarded: boolean;
    }
  | { readonly step: 'add-key'; readonly key: DeclaredKey; readonly guarded: boolean }
  /** `name` null: the primary key. */
  | { readonly step: 'drop-key'; readonly name: string | null }
  | { readonly step: 'rename-key'; readonly from: string; readonly to: string }
  | { readonly step: 'rename-table'; readonly to: TableName }
  | { readonly step: 'options'; readonly options: TableOptions }
  | { readonly step: 'convert'; readonly charset: CharsetOption }
  /** `ADD SYSTEM VERSIONING` and `DROP SYSTEM VERSIONING`. */
  | { readonly step: 'versioning'; readonly on: boolean }
  /** Changes nothing that a row shows: indexes, checks, partitions, engine settings. */
  | { readonly step: 'nothing' }
  /** Changes the columns in a way that the statement does not tell. */
  | { readonly step: 'opaque'; readonly reason: string };

/** What a table is made of. */
export interface TableBody {
  readonly columns: readonly DeclaredColumn[];
  readonly keys: readonly DeclaredKey[];
  readonly options: TableOptions;
}

/** What a DDL statement does to which tables. Names without a database are in the statement's default one. */
export type DdlStatement =
  | {
      readonly kind: 'create-table';
      readonly name: TableName;
      readonly body: TableBody;
      readonly unlessExists: boolean;
      readonly replaces: boolean;
    }
  | {
      readonly kind: 'create-table-like';
      readonly name: TableName;
      readonly like: TableName;
      readonly unlessExists: boolean;
      readonly replaces: boolean;
    }
  | { readonly kind: 'alter-table'; readonly name: TableName; readonly steps: readonly AlterStep[] }
  | {
      readonly kind: 'rename-tables';
      readonly renames: readonly { readonly from: TableName; readonly to: TableName; readonly sql: string }[];
    }
  | {
      readonly kind: 'drop-tables';
      readonly names: readonly TableName[];
      readonly ifExists: boolean;
      /** `CASCADE` or `RESTRICT`, as written. */
      readonly behaviour: string | null;
    }
  | { readonly kind: 'truncate'; readonly name: TableName }
  | {
      readonly kind: 'create-index';
      readonly table: TableName;
      readonly key: DeclaredKey | null;
      readonly guarded: boolean;
    }
  | { readonly kind: 'drop-index'; readonly table: TableName; readonly name: string }
  | {
      readonly kind: 'create-database';
      readonly database: string;
      readonly charset: CharsetOption | null;
      readonly replaces: boolean;
    }
  | { readonly kind: 'alter-database'; readonly database: string; readonly charset: CharsetOption | null }
  | { readonly kind: 'drop-database'; readonly database: string }
  /** Temporary tables, views, routines, users, grants, …: nothing that a row event shows. */
  | { readonly kind: 'ignored' }
  /** Not understood. `tables` are those it is about, as far as that can be told; empty: it may be any. */
  | { readonly kind: 'refused'; readonly reason: string; readonly tables: readonly TableName[] };
