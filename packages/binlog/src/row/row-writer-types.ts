import type { ByteSource } from '../bytes/byte-source.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import type { ColumnValue } from '../columns/column-codec.ts';
import type { ColumnRule } from '../columns/column-rule.ts';
import type { HandlingModes } from '../columns/handling-modes.ts';
import type { TableMap } from '../events/table-map.ts';
import type { TableSchema } from '../table/table-schema.ts';
import type { NativeRows } from './native-rows.ts';

/** What a row codec is compiled from. */
export interface RowCodecOptions {
  schema: TableSchema;
  /** Wire types and metadata of the same table; its column count must equal the schema's. */
  tableMap: Pick<TableMap, 'types' | 'metadata'>;
  modes: HandlingModes;
  /** Bitmap of the columns in the image, as in the rows event; null = every column. */
  present: Uint8Array | null;
  /** Which columns to write, by ordinal; default every column. */
  included?: (ordinal: number) => boolean;
  /** Stands for the values of columns that are not in the image; absent: those columns are not written. */
  placeholder?: Buffer | undefined;
  /** What is done to a column's values, by ordinal; keys are never changed. */
  rules?: ((ordinal: number) => ColumnRule | undefined) | undefined;
  /** What stands for NULL in a column, by ordinal; default `null`. A rule that has its own goes first. */
  nullJson?: ((ordinal: number) => Buffer | null) | undefined;
  /** The name of a column's member; default the column's. */
  fieldName?: ((column: string) => string) | undefined;
  /** Writes rows in a fraction of the time, to the same bytes; null or absent: JavaScript writes them alone. */
  native?: NativeRows | null;
}

/**
 * Writes row images as JSON objects. Compiled once per table, bitmap and modes; one writer serves before and after
 * images alike when their bitmaps agree.
 */
export interface RowWriter {
  /**
   * Appends `{"column":value,…}` of the image at `pos` and returns the offset behind the image.
   * Throws `BINLOG_EVENT_MALFORMED` when the image does not fit into `src`; `out` then holds a partial object.
   */
  writeRow(src: ByteSource, pos: number, out: OutputBuffer): number;
  /**
   * Appends what {@link writeRow} would, in less time: columns whose bytes are those of the before image are copied from its
   * JSON. Legal only as the writer's next call behind the `writeRow` of the before image, with the same `src` and `out`,
   * nothing of which was taken back.
   */
  writeAfter(src: ByteSource, pos: number, out: OutputBuffer): number;
  /** The offset behind the image at `pos`, nothing written. */
  skipRow(src: ByteSource, pos: number): number;
}

/** Writes the key struct of a row image; columns are the primary key's, or those asked for. */
export interface KeyWriter {
  /** Appends `{"id":1}` of the image that starts at `pos`. */
  writeKey(src: ByteSource, pos: number, out: OutputBuffer): void;
}

/** Decodes a row image to values, for stages that need them. */
export interface RowReader {
  /** Fills `values` by ordinal: null for SQL NULL, undefined for a column that is not in the image. Returns the offset behind the image. */
  readRow(src: ByteSource, pos: number, values: (ColumnValue | undefined)[]): number;
}

/** Writes rows of the MySQL text protocol (a SELECT of a snapshot) as the very JSON bytes the binlog path gives. */
export interface TextRowWriter {
  /**
   * Appends `{"column":value,…}` of a text-protocol row packet whose first cell's length prefix is at `pos`.
   * The SELECT list must be `selectList` of the same options; the session must have `time_zone='+00:00'` and
   * `character_set_results=utf8mb4`.
   */
  writeRow(src: ByteSource, pos: number, out: OutputBuffer): number;
  /** Appends the key struct of the same packet. */
  writeKey(src: ByteSource, pos: number, out: OutputBuffer): void;
}
