import type { ByteSource } from '../bytes/byte-source.ts';
import type { ColumnValue } from '../columns/column-codec.ts';
import { compileRowReader } from './row-reader.ts';
import type { RowCodecOptions } from './row-writer-types.ts';

/** ROW END of the rows that are current: the last TIMESTAMP of MariaDB up to 11.4, and since. */
const FOREVER = /^(?:2038-01-19.03:14:07|2106-02-07.06:28:15)\.999999/;

/** Tells whether the row image at `pos` is of the past. */
export type HistoryTest = (src: ByteSource, pos: number) => boolean;

/**
 * Tells the rows of the past of a system-versioned table, which MariaDB writes into the binlog beside the current ones, by the ROW END
 * that it keeps to itself. Null: the table has none.
 */
export function compileHistoryTest(
  options: Pick<RowCodecOptions, 'schema' | 'tableMap' | 'modes' | 'present'>,
): HistoryTest | null {
  const end = options.schema.columns.find(({ hidden }) => hidden === 'row-end')?.ordinal;
  if (end === undefined) return null;
  const reader = compileRowReader({ ...options, included: (ordinal) => ordinal === end });
  const values: (ColumnValue | undefined)[] = [];
  return (src, pos) => {
    reader.readRow(src, pos, values);
    const value = values[end];
    return typeof value === 'string' && !FOREVER.test(value);
  };
}
