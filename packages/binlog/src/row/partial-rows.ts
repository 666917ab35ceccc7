import { SealaneError } from '@sealane/errors/sealane-error';
import { malformed } from '../bytes/byte-source.ts';
import { EventReader } from '../bytes/event-reader.ts';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import type { ImageCodec } from '../columns/column-codec.ts';
import { DEFAULT_HANDLING_MODES } from '../columns/handling-modes.ts';
import { prefixBytes, valueEnd } from '../columns/var-length.ts';
import type { PartialRowsEvent, RowsEvent } from '../events/rows-event.ts';
import { applyJsonDiffs, MOVES_PER_EVENT, type MoveBudget } from '../json-diff/apply-json-diffs.ts';
import { encodeJson } from '../json-diff/encode-json.ts';
import { jsonDocument } from '../json-diff/json-node.ts';
import { WireType, wireColumn } from '../table/wire-type.ts';
import { hasBit, imageColumns } from './row-layout.ts';
import type { RowCodecOptions } from './row-writer-types.ts';

/** Makes an ordinary update of one whose JSON may be differences. */
export interface PartialRows {
  /**
   * The same rows with whole after images. Throws `BINLOG_EVENT_UNSUPPORTED` where a document is not there that the differences are to,
   * `BINLOG_EVENT_MALFORMED` where they do not fit it.
   */
  expand(event: PartialRowsEvent): RowsEvent;
}

interface Column {
  readonly ordinal: number;
  readonly name: string;
  readonly codec: Pick<ImageCodec, 'skip' | 'minBytes'>;
  /** Bytes of the length before a JSON document; 0 for columns of other types. */
  readonly documentPrefix: number;
}

const PARTIAL_JSON = 1;
/** Bytes of the length before differences. */
const DIFFS_PREFIX = 4;
const NOT_THERE = -1;
const IS_NULL = -2;
const NO_BITS = new Uint8Array(0);

/**
 * Compiles the reader of PARTIAL_UPDATE_ROWS events of a table. In front of each after image stand options, packed, and where they say
 * PARTIAL_JSON one bit for each JSON column of the table, whether the image has it or not. Source: MySQL `sql/rpl_record.cc`,
 * pack_row and start_partial_bit_reader.
 */
export function compilePartialRows(options: Pick<RowCodecOptions, 'schema' | 'tableMap'>): PartialRows {
  const { schema, tableMap } = options;
  const columns = imageColumns({ ...options, modes: DEFAULT_HANDLING_MODES, present: null }).map(
    ({ column: { ordinal, name }, codec }): Column => {
      const wire = wireColumn(tableMap.types[ordinal] ?? 0, tableMap.metadata[ordinal] ?? 0);
      const documentPrefix = wire.type === WireType.JSON ? prefixBytes(wire) : 0;
      return { ordinal, name, codec, documentPrefix };
    },
  );
  const table = `${schema.database}.${schema.table}`;
  return { expand: ({ partial }) => new Expansion(partial, { columns, table }).run() };
}

/** One event on its way to whole images. */
class Expansion {
  readonly #rows: RowsEvent;
  readonly #table: string;
  readonly #first: readonly Column[];
  readonly #second: readonly Column[];
  /** Of the table, whether the images have them or not: they have bits. */
  readonly #documents: readonly Column[];
  readonly #out: OutputBuffer;
  readonly #budget: MoveBudget = { left: MOVES_PER_EVENT };
  /** Of the row, by ordinal: where the value of the before image is, and whether the after image has differences to it. */
  readonly #before: Float64Array;
  readonly #isPartial: Uint8Array;

  constructor(rows: RowsEvent, { columns, table }: { columns: readonly Column[]; table: string }) {
    this.#rows = rows;
    this.#table = table;
    this.#first = presentIn(rows.present, columns);
    this.#second = presentIn(rows.presentAfter, columns);
    this.#documents = columns.filter(({ documentPrefix }) => documentPrefix > 0);
    this.#out = new OutputBuffer({ initialBytes: Math.max(rows.end - rows.start, 64) });
    this.#before = new Float64Array(columns.length);
    this.#isPartial = new Uint8Array(columns.length);
  }

  run(): RowsEvent {
    const { start, end } = this.#rows;
    for (let pos = start; pos < end; ) pos = this.#expandAfter(this.#copyBefore(pos));
    return { ...this.#rows, bytes: this.#out.bytes, start: 0, end: this.#out.length };
  }

  #copyBefore(pos: number): number {
    this.#before.fill(NOT_THERE);
    let at = this.#valuesAt(pos, this.#first);
    for (const [place, column] of this.#first.entries()) {
      const isNull = this.#isNull(pos, place);
      this.#before[column.ordinal] = isNull ? IS_NULL : at;
      if (!isNull) at = this.#skip(column, at);
    }
    this.#copy(pos, at);
    return at;
  }

  #expandAfter(pos: number): number {
    const image = this.#readPartialBits(pos);
    let at = this.#valuesAt(image, this.#second);
    let copied = image;
    for (const [place, column] of this.#second.entries()) {
      if (this.#isNull(image, place)) continue;
      if (this.#isPartial[column.ordinal] === 0) {
        at = this.#skip(column, at);
        continue;
      }
      this.#copy(copied, at);
      at = this.#putDocument(column, at);
      copied = at;
    }
    this.#copy(copied, at);
    return at;
  }

  /** Notes which columns are differences, and returns where the image begins. */
  #readPartialBits(pos: number): number {
    const reader = new EventReader(this.#rows, pos);
    const options = reader.lengthEncoded();
    if (options > PARTIAL_JSON) throw malformed(`A row has options ${options}, which are not known.`);
    const bits = options === PARTIAL_JSON ? reader.take((this.#documents.length + 7) >> 3) : NO_BITS;
    for (const [index, { ordinal }] of this.#documents.entries()) {
      this.#isPartial[ordinal] = hasBit(bits, index) ? 1 : 0;
    }
    return reader.pos;
  }

  /** Where the values of an image begin: behind a bit for each of its columns. */
  #valuesAt(image: number, columns: readonly Column[]): number {
    const values = image + ((columns.length + 7) >> 3);
    if (values > this.#rows.end) throw malformed('A row image ends inside its null bitmap.');
    return values;
  }

  #isNull(image: number, place: number): boolean {
    return ((this.#rows.bytes[image + (place >> 3)] as number) & (1 << (place & 7))) !== 0;
  }

  #skip({ codec, name }: Column, at: number): number {
    const next = at + codec.minBytes > this.#rows.end ? Number.NaN : codec.skip(this.#rows, at);
    if (next <= this.#rows.end) return next;
    throw malformed(`A row image ends inside column ${name}.`);
  }

  #copy(start: number, end: number): void {
    this.#out.appendBytes(this.#rows.bytes.subarray(start, end));
  }

  /** Puts the document that the differences at `pos` make, and returns the offset behind them. */
  #putDocument(column: Column, pos: number): number {
    const { bytes } = this.#rows;
    const { documentPrefix: prefix } = column;
    const size = new EventReader(this.#rows, pos).uint(DIFFS_PREFIX);
    const diffs = new EventReader(this.#rows, pos + DIFFS_PREFIX);
    diffs.skip(size);
    const end = diffs.pos;
    const before = this.#before[column.ordinal] as number;
    if (before === NOT_THERE) throw this.#withoutBase(column.name);
    if (before === IS_NULL)
      throw malformed(`A row has differences to column ${column.name}, which was NULL.`);
    const document = jsonDocument({ bytes, end: valueEnd(this.#rows, before, prefix) }, before + prefix);
    const changed = applyJsonDiffs(
      document,
      new EventReader({ bytes, end }, pos + DIFFS_PREFIX),
      this.#budget,
    );
    const out = this.#out;
    const start = out.length;
    out.ensure(prefix);
    out.length += prefix;
    encodeJson(changed, out);
    const written = out.length - start - prefix;
    if (written >= 2 ** (8 * prefix))
      throw malformed(`A document of ${written} bytes does not fit its column.`);
    out.bytes.writeUIntLE(written, start, prefix);
    return end;
  }

  #withoutBase(column: string): SealaneError {
    return new SealaneError({
      code: 'BINLOG_EVENT_UNSUPPORTED',
      message: `The binlog holds JSON of ${this.#table} as differences to documents that it does not hold.`,
      why: `The before image has no ${column}: the session that wrote it had binlog_row_value_options=PARTIAL_JSON and not binlog_row_image=FULL.`,
      remedy:
        "SET GLOBAL binlog_row_image = 'FULL' (or SET GLOBAL binlog_row_value_options = ''), have the applications reconnect, and reset the stored " +
        'offset to take a new snapshot. To go on without those rows: set event.processing.failure.handling.mode to warn.',
      details: { table: this.#table, column },
    });
  }
}

function presentIn(bitmap: Uint8Array | null, columns: readonly Column[]): readonly Column[] {
  return bitmap === null ? columns : columns.filter(({ ordinal }) => hasBit(bitmap, ordinal));
}
