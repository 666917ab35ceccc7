/**
 * Optional metadata of a TABLE_MAP event, one entry per column where an array. `null` = not sent.
 * `binlog_row_metadata=MINIMAL` sends signedness, charsets and geometry types; FULL sends everything.
 */
export interface TableMapMetadata {
  /** Column names; only under FULL. */
  readonly names: readonly string[] | null;
  /** True for unsigned numeric columns, false otherwise. */
  readonly unsigned: readonly boolean[] | null;
  /** Collation id of character columns (CHAR, VARCHAR, TEXT and their binary twins); null for others. */
  readonly collations: readonly (number | null)[] | null;
  /** Collation id of ENUM and SET columns; only under FULL; null for others. */
  readonly enumSetCollations: readonly (number | null)[] | null;
  /** Labels of ENUM columns as raw bytes in the column's charset; null for others. */
  readonly enumLabels: readonly (readonly Buffer[] | null)[] | null;
  readonly setLabels: readonly (readonly Buffer[] | null)[] | null;
  /** Geometry type code per geometry column (0 geometry, 1 point, … 7 collection); null for others. */
  readonly geometryTypes: readonly (number | null)[] | null;
  /** Column indexes of the primary key in key order; null when not sent or when there is no key. */
  readonly primaryKey: readonly number[] | null;
  /** Prefix length in characters per key part, 0 = whole column; null unless some part is a prefix. */
  readonly primaryKeyPrefixes: readonly number[] | null;
  /** False for invisible columns; MySQL only. */
  readonly visible: readonly boolean[] | null;
  /** Dimension per VECTOR column; null for others. */
  readonly vectorDimensions: readonly (number | null)[] | null;
}
