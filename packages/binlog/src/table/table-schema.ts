import type { ColumnConversion } from '../columns/column-conversion.ts';

/** What a column is, independent of how it travels. Charsets are server names (`utf8mb4`, `latin1`, …). */
export type ColumnType =
  /** `width`: 1 where a TINYINT is declared with one digit, as BOOLEAN is; no TABLE_MAP tells it. */
  | {
      readonly family: 'integer';
      readonly bytes: 1 | 2 | 3 | 4 | 8;
      readonly unsigned: boolean;
      readonly width?: 1;
    }
  | { readonly family: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly family: 'float'; readonly bytes: 4 | 8 }
  /** `length` in bits, 1 to 64. */
  | { readonly family: 'bit'; readonly length: number }
  | { readonly family: 'year' }
  | { readonly family: 'date' }
  /** `fsp`: fractional digits, 0 to 6. */
  | { readonly family: 'time'; readonly fsp: number }
  | { readonly family: 'datetime'; readonly fsp: number }
  | { readonly family: 'timestamp'; readonly fsp: number }
  /** Character data; `length` in bytes (CHAR, VARCHAR: characters times the charset's widest), 0 = unknown. */
  | {
      readonly family: 'string';
      readonly kind: 'char' | 'varchar' | 'text';
      readonly charset: string;
      readonly length: number;
    }
  /** `length`: declared bytes, 0 for BLOBs. BINARY values are padded with 0x00 to it. */
  | { readonly family: 'binary'; readonly kind: 'binary' | 'varbinary' | 'blob'; readonly length: number }
  | { readonly family: 'enum'; readonly labels: readonly string[] }
  | { readonly family: 'set'; readonly labels: readonly string[] }
  /** MySQL's binary JSON. MariaDB's JSON is a LONGTEXT: family `string`. */
  | { readonly family: 'json' }
  /** `geometryType`: 0 geometry, 1 point, 2 linestring, … 7 collection. */
  | { readonly family: 'geometry'; readonly geometryType: number }
  | { readonly family: 'vector'; readonly dimension: number }
  | { readonly family: 'uuid' }
  | { readonly family: 'inet6' }
  | { readonly family: 'inet4' };

/** What a column's DDL says of it beyond its type. */
export interface ColumnDeclaration {
  /** The declared type in capitals, without length and charset: `VARCHAR`, `INT UNSIGNED`. */
  readonly typeName: string;
  /** Declared length, precision or fraction digits; null: none. */
  readonly length: number | null;
  readonly scale: number | null;
  readonly comment: string | null;
  /** The literal behind DEFAULT as written, without its quotes; null: no default, DEFAULT NULL, or a computed one. */
  readonly defaultText: string | null;
}

export interface TableColumn {
  readonly name: string;
  /** Position in the table, from 0; equals the column's index in TABLE_MAP. */
  readonly ordinal: number;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** Position in the primary key from 0, or null. */
  readonly primaryKeyPosition: number | null;
  /** False for invisible columns (also MySQL's generated invisible primary key). */
  readonly visible: boolean;
  /**
   * A column that MariaDB keeps to itself: row images have it, but no SELECT shows it and no information_schema. It is never captured and
   * in no key. `hash`: of a unique key too long for an index; `row-start` and `row-end`: of a system-versioned table.
   */
  readonly hidden?: 'hash' | 'row-start' | 'row-end';
  /** Absent where only the binlog or information_schema told of the column. */
  readonly declared?: ColumnDeclaration;
  /** What a converter makes of the values; absent: nothing. */
  readonly conversion?: ColumnConversion;
}

/** A table as of one moment. Immutable: a DDL makes a new one. */
export interface TableSchema {
  readonly database: string;
  readonly table: string;
  readonly columns: readonly TableColumn[];
  /** Column names of the primary key in key order; empty when the table has none. */
  readonly primaryKey: readonly string[];
}
