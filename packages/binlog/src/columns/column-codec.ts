import type { ByteSource } from '../bytes/byte-source.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import type { ColumnType } from '../table/table-schema.ts';
import type { WireColumn } from '../table/wire-type.ts';
import type { HandlingModes } from './handling-modes.ts';
import type { NativeForm } from './native-form.ts';

/** WKB and SRID of a geometry value; `srid` 0 means none. */
export interface GeometryValue {
  readonly srid: number;
  readonly wkb: Buffer;
}

/**
 * A decoded value. Integers up to 32 bits: number; BIGINT and BIT: bigint; DECIMAL: exact text; FLOAT, DOUBLE:
 * number; character data, ENUM, SET, JSON, UUID, INET: string; binary: Buffer; YEAR: number; temporal: the
 * server's text (`2024-01-31 12:00:00.123456`, TIMESTAMP in UTC); VECTOR: Float32Array. null = SQL NULL.
 */
export type ColumnValue = number | bigint | string | Buffer | Float32Array | GeometryValue | null;

/** A cell of the text protocol, or any slice of bytes: `bytes[start..end)`. Reused between cells. */
export interface TextCell {
  bytes: Buffer;
  start: number;
  end: number;
}

/** What a codec of one family is made from. */
export interface CodecContext<Family extends ColumnType['family']> {
  readonly type: Extract<ColumnType, { family: Family }>;
  readonly nullable: boolean;
  readonly modes: HandlingModes;
}

/** The same for row images, where the wire form matters too. */
export interface ImageContext<Family extends ColumnType['family']> extends CodecContext<Family> {
  readonly wire: WireColumn;
}

/**
 * Reads one column's values out of row images. The caller has made sure that `minBytes` bytes lie between `pos`
 * and `src.end`, and for `writeJson` that `out` has room for `maxFixedJson` bytes; a codec whose values vary in
 * size checks and asks for the rest itself.
 */
export interface ImageCodec {
  /** Fewest bytes any value takes in a row image. */
  readonly minBytes: number;
  /** Most bytes `writeJson` appends without calling `out.ensure` itself. */
  readonly maxFixedJson: number;
  /** Decodes the value at `pos`. */
  readValue(src: ByteSource, pos: number): ColumnValue;
  /** The offset behind the value at `pos`. */
  skip(src: ByteSource, pos: number): number;
  /** Appends the JSON form of the value at `pos` and returns the offset behind it. */
  writeJson(src: ByteSource, pos: number, out: OutputBuffer): number;
  /** What native code may write in the place of `writes`; see `withNativeForm`. */
  readonly native?: { readonly form: NativeForm; readonly writes: ImageCodec['writeJson'] };
}

/** Appends the JSON form of a value given as the server's text (a text-protocol cell); asks for room itself. */
export type TextJsonWriter = (cell: TextCell, out: OutputBuffer) => void;

/** The text of a cell, for types whose text is short and ASCII. */
export function cellText(cell: TextCell): string {
  return cell.bytes.toString('latin1', cell.start, cell.end);
}
