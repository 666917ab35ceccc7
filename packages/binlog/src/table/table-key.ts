/** The columns of SHOW INDEX that tell a key. Rows come in the server's order: the primary key, then unique keys without NULL. */
export interface IndexRow {
  readonly Key_name: string;
  readonly Non_unique: number | string;
  /** Null for an expression. */
  readonly Column_name: string | null;
  /** Indexed characters where that is not the whole column. */
  readonly Sub_part: number | string | null;
  /** `YES` for a nullable column, else empty. */
  readonly Null: string;
}

/**
 * The columns that identify a row: the primary key's, else those of the first unique key over whole columns that are not nullable,
 * which is the key that the server itself then takes for primary and writes into TABLE_MAP. Empty: none.
 */
export function keyOfIndexes(rows: readonly IndexRow[]): readonly string[] {
  const indexes = new Map<string, IndexRow[]>();
  for (const row of rows) {
    if (Number(row.Non_unique) !== 0) continue;
    const columns = indexes.get(row.Key_name);
    if (columns === undefined) indexes.set(row.Key_name, [row]);
    else columns.push(row);
  }
  const primary =
    indexes.get('PRIMARY') ?? [...indexes.values()].find((columns) => columns.every(isWholeNotNull));
  return (primary ?? []).flatMap(({ Column_name: name }) => (name === null ? [] : [name]));
}

function isWholeNotNull(row: IndexRow): boolean {
  return row.Column_name !== null && row.Sub_part === null && row.Null !== 'YES';
}
