import type { TableMap } from '../events/table-map.ts';
import type { ColumnType, TableColumn, TableSchema } from './table-schema.ts';
import { WireType } from './wire-type.ts';

/** What a table's DDL says of columns that MariaDB keeps to itself. */
export interface HiddenColumns {
  /** System-versioned without columns for the time: rows end in ROW START and ROW END. */
  readonly versioned: boolean;
  /** Unique keys that may be too long for an index, each of which the server then keeps a hash of. */
  readonly hashKeys: number;
}

const PERIOD = ['row_start', 'row_end'] as const;
const HASH_NAME = /^DB_ROW_HASH_\d+$/;
const TIME: ColumnType = { family: 'timestamp', fsp: 6 };

/**
 * A schema from DDL with the columns behind it that only row images have, in the server's order: ROW START and ROW END,
 * then the hashes. The schema as it was where the TABLE_MAP has no more columns, or others.
 */
export function withHiddenColumns(schema: TableSchema, map: TableMap, hidden: HiddenColumns): TableSchema {
  const declared = schema.columns.length;
  const period = hidden.versioned ? PERIOD.length : 0;
  const hashes = map.types.length - declared - period;
  if (hashes < 0 || hashes > hidden.hashKeys || hashes + period === 0) return schema;
  for (let ordinal = declared + period; ordinal < map.types.length; ordinal += 1) {
    if (map.types[ordinal] !== WireType.LONGLONG) return schema;
  }
  const added = [
    ...PERIOD.slice(0, period).map((name, i) =>
      hiddenColumn({ name, ordinal: declared + i, type: TIME }, map),
    ),
    ...Array.from({ length: hashes }, (_, i) => {
      const ordinal = declared + period + i;
      const unsigned = map.optional.unsigned?.[ordinal] ?? false;
      const type: ColumnType = { family: 'integer', bytes: 8, unsigned };
      return hiddenColumn({ name: `DB_ROW_HASH_${i + 1}`, ordinal, type }, map);
    }),
  ];
  return { ...schema, columns: [...schema.columns, ...added] };
}

function hiddenColumn(
  { name, ordinal, type }: Pick<TableColumn, 'name' | 'ordinal' | 'type'>,
  map: TableMap,
): TableColumn {
  const nullable = ((map.nullable[ordinal >> 3] ?? 0) & (1 << (ordinal & 7))) !== 0;
  return { name, ordinal, type, nullable, primaryKeyPosition: null, visible: false, hidden: kindOf(name) };
}

function kindOf(name: string): NonNullable<TableColumn['hidden']> {
  return name === PERIOD[0] ? 'row-start' : name === PERIOD[1] ? 'row-end' : 'hash';
}

/**
 * A schema of a TABLE_MAP that names its columns, with those marked that the server keeps to itself, and the key without them.
 * `declares` tells whether the table's DDL has a column of that name; `key` is the DDL's, since no TABLE_MAP tells a key that has a hash.
 */
export function markHiddenColumns(
  schema: TableSchema,
  {
    versioned,
    declares,
    key,
  }: { versioned: boolean; declares: (column: string) => boolean; key: readonly string[] },
): TableSchema {
  const isHidden = ({ name }: TableColumn): boolean =>
    !declares(name) && (HASH_NAME.test(name) || (versioned && (name === PERIOD[0] || name === PERIOD[1])));
  const first = schema.columns.findLastIndex((column) => !isHidden(column)) + 1;
  if (first === schema.columns.length) return schema;
  const hidden = new Set(schema.columns.slice(first).map(({ name }) => name));
  const told = schema.primaryKey.filter((name) => !hidden.has(name));
  const primaryKey = told.length === 0 ? key : told;
  const columns = schema.columns.map((column): TableColumn => {
    const place = primaryKey.indexOf(column.name);
    const kept = { ...column, primaryKeyPosition: place === -1 ? null : place };
    return hidden.has(column.name) ? { ...kept, visible: false, hidden: kindOf(column.name) } : kept;
  });
  return { ...schema, columns, primaryKey };
}

/** A schema without its DDL may end in columns that only the DDL tells from others: ROW START and ROW END. */
export function mayHideVersions({ columns }: TableSchema): boolean {
  return columns.some(({ name }) => name === PERIOD[1]);
}
