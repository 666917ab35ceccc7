import { type ByteSource, malformed } from '../bytes/byte-source.ts';
import { appendJsonString } from '../bytes/json-string.ts';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import type { TextCell, TextJsonWriter } from '../columns/column-codec.ts';
import { convertedNull } from '../columns/column-conversion.ts';
import { type ColumnRule, type CompiledRule, compileRule } from '../columns/column-rule.ts';
import { textJsonWriter } from '../columns/converted-codecs.ts';
import type { HandlingModes } from '../columns/handling-modes.ts';
import { mayWriteNull, replacingNullText } from '../columns/null-replacement.ts';
import type { TableColumn, TableSchema } from '../table/table-schema.ts';
import { keyPrefixes } from './key-writer.ts';
import type { TextRowWriter } from './row-writer-types.ts';

export interface TextRowWriterOptions {
  schema: TableSchema;
  modes: HandlingModes;
  /** Which columns are written, by ordinal; default every one. Key columns are selected all the same. */
  included?: (ordinal: number) => boolean;
  /** Key columns in key order; default the primary key's. */
  keyColumns?: readonly string[];
  /** These are as {@link RowCodecOptions}'s. */
  rules?: ((ordinal: number) => ColumnRule | undefined) | undefined;
  nullJson?: ((ordinal: number) => Buffer | null) | undefined;
  /** The same for keys. */
  keyNullJson?: ((ordinal: number) => Buffer | null) | undefined;
  fieldName?: ((column: string) => string) | undefined;
}

const CLOSE = Buffer.from('}', 'latin1');
const NULL = Buffer.from('null', 'latin1');
const NULL_CELL = 251;

/** An identifier in backticks. */
export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

function selectedColumns(options: Omit<TextRowWriterOptions, 'modes'>): readonly TableColumn[] {
  const included = options.included ?? (() => true);
  const keys = options.keyColumns ?? options.schema.primaryKey;
  return options.schema.columns.filter((column) => included(column.ordinal) || keys.includes(column.name));
}

/**
 * The SELECT list whose text-protocol rows a {@link TextRowWriter} of the same options reads. FLOAT is asked for
 * as `+ 0e0`, because the server prints a bare FLOAT with six digits only.
 */
export function selectList(options: Omit<TextRowWriterOptions, 'modes'>): string {
  return selectedColumns(options)
    .map(({ name, type }) => {
      const quoted = quoteIdentifier(name);
      return type.family === 'float' && type.bytes === 4 ? `${quoted} + 0e0 AS ${quoted}` : quoted;
    })
    .join(', ');
}

/** Compiles the writer of a table's text-protocol rows; the JSON bytes equal those of the binlog's row images. */
export function compileTextRowWriter(options: TextRowWriterOptions): TextRowWriter {
  return new CompiledTextRowWriter(options);
}

class CompiledTextRowWriter implements TextRowWriter {
  readonly #writers: readonly TextJsonWriter[];
  readonly #nulls: readonly Buffer[];
  /** `{"name":` or `,"name":`, or null for a column that only the key needs. */
  readonly #prefixes: readonly (Buffer | null)[];
  readonly #keyOrder: readonly number[];
  readonly #keyPrefixes: readonly Buffer[];
  /** In key order. */
  readonly #keyWriters: readonly TextJsonWriter[];
  readonly #keyNulls: readonly Buffer[];
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #cell: TextCell = { bytes: Buffer.alloc(0), start: 0, end: 0 };

  constructor(options: TextRowWriterOptions) {
    const columns = selectedColumns(options);
    const included = options.included ?? (() => true);
    const firstIncluded = columns.findIndex((column) => included(column.ordinal));
    const keys = options.keyColumns ?? options.schema.primaryKey;
    const nameOf = options.fieldName ?? ((name: string) => name);
    const cells = columns.map((column) => cellOf(column, options));
    const keyColumns = keys.map((name) => columns.find((column) => column.name === name));
    const keyCells = keyColumns.map((column) => keyCellOf(column as TableColumn, options));
    this.#writers = cells.map(({ write }) => write);
    this.#nulls = cells.map(({ nullJson }) => nullJson);
    this.#prefixes = columns.map((column, i) =>
      included(column.ordinal) ? prefixOf(nameOf(column.name), i === firstIncluded ? '{' : ',') : null,
    );
    this.#keyOrder = keys.map((name) => columns.findIndex((column) => column.name === name));
    this.#keyPrefixes = keyPrefixes(keys.map(nameOf));
    this.#keyWriters = keyCells.map(({ write }) => write);
    this.#keyNulls = keyCells.map(({ nullJson }) => nullJson);
    this.#starts = new Int32Array(columns.length);
    this.#ends = new Int32Array(columns.length);
  }

  writeRow(src: ByteSource, pos: number, out: OutputBuffer): number {
    const end = this.#locate(src, pos);
    let written = false;
    for (let i = 0; i < this.#writers.length; i++) {
      const prefix = this.#prefixes[i] ?? null;
      if (prefix === null) continue;
      out.appendBytes(prefix);
      if (this.#starts[i] === -1) out.appendBytes(this.#nulls[i] as Buffer);
      else (this.#writers[i] as TextJsonWriter)(this.#cellAt(i, src), out);
      written = true;
    }
    if (!written) out.appendText('{');
    out.appendBytes(CLOSE);
    return end;
  }

  writeKey(src: ByteSource, pos: number, out: OutputBuffer): void {
    this.#locate(src, pos);
    this.#keyOrder.forEach((index, i) => {
      out.appendBytes(this.#keyPrefixes[i] as Buffer);
      if (this.#starts[index] === -1) out.appendBytes(this.#keyNulls[i] as Buffer);
      else (this.#keyWriters[i] as TextJsonWriter)(this.#cellAt(index, src), out);
    });
    out.appendBytes(CLOSE);
  }

  #cellAt(index: number, src: ByteSource): TextCell {
    this.#cell.bytes = src.bytes;
    this.#cell.start = this.#starts[index] as number;
    this.#cell.end = this.#ends[index] as number;
    return this.#cell;
  }

  /** Finds every cell: a length-encoded string, or byte 251 for NULL. */
  #locate(src: ByteSource, pos: number): number {
    let at = pos;
    for (let i = 0; i < this.#starts.length; i++) {
      if (at >= src.end) throw malformed('A text row ends before its last cell.');
      const first = src.bytes[at] as number;
      if (first === NULL_CELL) {
        this.#starts[i] = -1;
        at++;
        continue;
      }
      const width = first < NULL_CELL ? 0 : first === 252 ? 2 : first === 253 ? 3 : 8;
      if (at + 1 + width > src.end) throw malformed('A text row ends inside a length.');
      const size = width === 0 ? first : src.bytes.readUIntLE(at + 1, Math.min(width, 6));
      this.#starts[i] = at + 1 + width;
      at += 1 + width + size;
      if (at > src.end) throw malformed('A text row ends inside a cell.');
      this.#ends[i] = at;
    }
    return at;
  }
}

/** How one column's cells are written. */
interface CellForm {
  readonly write: TextJsonWriter;
  /** What stands for NULL. */
  readonly nullJson: Buffer;
}

function cellOf(column: TableColumn, options: TextRowWriterOptions): CellForm {
  const nullJson = options.nullJson?.(column.ordinal) ?? null;
  const rule = ruleOf(column, options);
  const write = writerOf(column, options.modes, nullJson);
  const ownNull = rule?.nullJson ?? convertedNull(column.conversion) ?? nullJson ?? NULL;
  return { write: rule?.text(write) ?? write, nullJson: ownNull };
}

/** A rule changes values, never keys. */
function keyCellOf(column: TableColumn, { modes, keyNullJson }: TextRowWriterOptions): CellForm {
  const nullJson = keyNullJson?.(column.ordinal) ?? null;
  const ownNull = convertedNull(column.conversion) ?? nullJson ?? NULL;
  return { write: writerOf(column, modes, nullJson), nullJson: ownNull };
}

/** A writer that writes `nullJson` for the values without a form, too. */
function writerOf(column: TableColumn, modes: HandlingModes, nullJson: Buffer | null): TextJsonWriter {
  if (nullJson === null || !mayWriteNull(column.type)) return textJsonWriter(column, modes);
  return replacingNullText(textJsonWriter({ ...column, nullable: true }, modes), nullJson);
}

function ruleOf(column: TableColumn, { rules, modes }: TextRowWriterOptions): CompiledRule | null {
  const rule = rules?.(column.ordinal);
  return rule === undefined ? null : compileRule(rule, column, modes);
}

function prefixOf(name: string, opening: '{' | ','): Buffer {
  const out = new OutputBuffer({ initialBytes: 256 });
  out.appendText(opening);
  appendJsonString(out, name);
  out.appendText(':');
  return out.copyFrom();
}
