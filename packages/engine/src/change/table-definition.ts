/** A column as its table's DDL declares it. */
export interface ColumnDefinition {
  readonly name: string;
  /** The declared type in capitals, without length and charset: `VARCHAR`, `INT UNSIGNED`, `DOUBLE PRECISION`. */
  readonly typeName: string;
  /** Declared length, precision or fraction digits; where none is declared what Debezium takes, else null. */
  readonly length: number | null;
  readonly scale: number | null;
  /** The server's name of the character set; null for a type without characters. */
  readonly charset: string | null;
  /** Labels of an ENUM or SET, decoded; empty for every other type. */
  readonly labels: readonly string[];
  readonly nullable: boolean;
  readonly autoIncremented: boolean;
  /** Computed from other columns, stored or virtual. */
  readonly generated: boolean;
  readonly visible: boolean;
  /** As written in the DDL, without the quotes around it; null: none. */
  readonly comment: string | null;
  /**
   * Null: no default. `expression` is the literal as written, or what Debezium shows; null for DEFAULT NULL and for computed defaults,
   * which `sql` tells.
   */
  readonly defaultValue: { readonly expression: string | null; readonly sql?: string } | null;
}

/** A table as its DDL declares it, as of one moment. Immutable: a DDL makes a new one. */
export interface TableDefinition {
  readonly database: string;
  readonly table: string;
  /** Character set of columns that are added without one; null: not known. */
  readonly charset: string | null;
  readonly comment: string | null;
  readonly columns: readonly ColumnDefinition[];
  /** Column names in key order; empty: none. */
  readonly primaryKey: readonly string[];
  /** Unique keys over whole columns, in order of declaration. */
  readonly uniqueKeys: readonly UniqueKey[];
  /** System-versioned without columns for the time: row images have two more, which no DDL names. */
  readonly versioned: boolean;
}

export interface UniqueKey {
  /** Null: the server chose one. */
  readonly name: string | null;
  readonly columns: readonly string[];
}
