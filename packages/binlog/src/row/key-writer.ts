import { type ByteSource, malformed } from '../bytes/byte-source.ts';
import { appendJsonString } from '../bytes/json-string.ts';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import type { TableSchema } from '../table/table-schema.ts';
import { type ImageColumn, imageColumns } from './row-layout.ts';
import type { KeyWriter, RowCodecOptions } from './row-writer-types.ts';

/** As {@link RowCodecOptions}; `columns` are the key's columns in key order, by default the primary key's. */
export interface KeyWriterOptions extends RowCodecOptions {
  columns?: readonly string[];
}

/**
 * Compiles the writer of a table's key struct, or null when there is no key, or a key column is not in the image.
 */
export function compileKeyWriter(options: KeyWriterOptions): KeyWriter | null {
  const names = options.columns ?? options.schema.primaryKey;
  const columns = imageColumns(options);
  const indexes = names.map((name) => columns.findIndex((entry) => entry.column.name === name));
  if (names.length === 0 || indexes.includes(-1)) return null;
  return new CompiledKeyWriter(columns, indexes);
}

/** Prepared `{"name":`, `,"name":` in key order. */
export function keyPrefixes(names: readonly string[]): Buffer[] {
  return names.map((name, i) => {
    const out = new OutputBuffer({ initialBytes: 256 });
    out.appendText(i === 0 ? '{' : ',');
    appendJsonString(out, name);
    out.appendText(':');
    return out.copyFrom();
  });
}

const CLOSE = 0x7d;
const NULL = Buffer.from('null', 'latin1');

class CompiledKeyWriter implements KeyWriter {
  readonly #columns: readonly ImageColumn[];
  /** Image index of each key column, in key order. */
  readonly #order: readonly number[];
  readonly #prefixes: readonly Buffer[];
  /** Columns up to the last one of the key are walked over. */
  readonly #walk: number;
  /** Where each walked column starts; filled per key, -1 = NULL. */
  readonly #starts: Int32Array;

  constructor(columns: readonly ImageColumn[], order: readonly number[]) {
    this.#columns = columns;
    this.#order = order;
    this.#prefixes = keyPrefixes(order.map((index) => columns[index]?.name ?? ''));
    this.#walk = Math.max(...order) + 1;
    this.#starts = new Int32Array(this.#walk);
  }

  writeKey(src: ByteSource, pos: number, out: OutputBuffer): void {
    this.#locate(src, pos);
    for (let i = 0; i < this.#order.length; i++) {
      const index = this.#order[i] as number;
      const { codec, nullJson } = this.#columns[index] as ImageColumn;
      const prefix = this.#prefixes[i] as Buffer;
      const start = this.#starts[index] as number;
      out.ensure(prefix.length + codec.maxFixedJson + 8);
      for (let k = 0; k < prefix.length; k++) out.bytes[out.length++] = prefix[k] as number;
      if (start === -1) out.appendBytes(nullJson ?? NULL);
      else codec.writeJson(src, start, out);
    }
    out.ensure(1);
    out.bytes[out.length++] = CLOSE;
  }

  #locate(src: ByteSource, pos: number): void {
    let at = pos + ((this.#columns.length + 7) >> 3);
    if (at > src.end) throw malformed('A row image ends inside its null bitmap.');
    for (let i = 0; i < this.#walk; i++) {
      const { codec } = this.#columns[i] as ImageColumn;
      const isNull = ((src.bytes[pos + (i >> 3)] as number) & (1 << (i & 7))) !== 0;
      this.#starts[i] = isNull ? -1 : at;
      if (isNull) continue;
      if (at + codec.minBytes > src.end) throw malformed('A row image ends inside its key.');
      at = codec.skip(src, at);
      if (at > src.end) throw malformed('A row image ends inside its key.');
    }
  }
}

/** True when the schema has what the key needs: a primary key or the columns asked for. */
export function hasKey(schema: TableSchema, columns?: readonly string[]): boolean {
  const names = columns ?? schema.primaryKey;
  return names.length > 0 && names.every((name) => schema.columns.some((column) => column.name === name));
}
