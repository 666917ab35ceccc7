import type { ByteSource } from '../bytes/byte-source.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';

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

/** Reads, writes and measures one column's values; compiled from its type, wire form and handling modes. */
export interface ColumnCodec {
  /** Fewest bytes any non-null value takes in a row image; checked before the calls below. */
  readonly minBytes: number;
  /** Most bytes `writeJson` appends without calling `out.ensure` itself. */
  readonly maxFixedJson: number;
  /** Decodes the value at `pos`. */
  readValue(src: ByteSource, pos: number): ColumnValue;
  /** The offset behind the value at `pos`. */
  skip(src: ByteSource, pos: number): number;
  /** Appends the JSON form of the value at `pos` and returns the offset behind it. */
  writeJson(src: ByteSource, pos: number, out: OutputBuffer): number;
  /** Appends the JSON form of the server's text for a value. */
  writeTextJson(cell: TextCell, out: OutputBuffer): void;
}
