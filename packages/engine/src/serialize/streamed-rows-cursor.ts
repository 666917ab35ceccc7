import { appendUint } from '@sealane/binlog/bytes/digits';
import { OutputBuffer } from '@sealane/binlog/bytes/output-buffer';
import { type PreparedText, prepareText, putPrepared } from '@sealane/binlog/bytes/prepared-text';
import type { RecordHeaders } from '@sealane/kafka/producer/record-producer';
import type { CapturedTable } from '../change/captured-table.ts';
import type { RowsChange } from '../change/change.ts';
import type { RecordCursor, RecordOperation } from '../change/record-cursor.ts';
import type { EnvelopeClock } from './envelope-clock.ts';
import { keyPayload } from './record-leads.ts';
import type { SourceIdentity } from './source-block.ts';
import { SourceHeads } from './source-heads.ts';
import type { ImageWriters, TableWriters } from './table-writers.ts';
import type { TransactionLog } from './transaction-log.ts';

const BEFORE_NULL_AFTER = prepareText((out) => out.appendText('{"before":null,"after":'));
const BEFORE = prepareText((out) => out.appendText('{"before":'));
const NO_HEAD = Buffer.alloc(0);
const AFTER = Buffer.from(',"after":');
const AFTER_NULL = Buffer.from(',"after":null');

/** What is written next, when a row makes more than one record. */
type Following = 'row' | 'tombstone' | 'moved-tombstone' | 'moved-create';

export interface StreamedRowsCursorOptions {
  identity: SourceIdentity;
  clock: EnvelopeClock;
  writers: TableWriters;
  tombstones: boolean;
  /** `skip.messages.without.change`: an update that leaves every captured column as it was makes no record. */
  skipsUnchanged: boolean;
  /** Headers of every record. */
  headers: RecordHeaders | undefined;
  /** Null: envelopes have no transaction block. */
  transactions: TransactionLog | null;
}

/**
 * Writes the records of a rows event: the Debezium envelope around each row image, its key, and what a delete or a
 * changed key adds. What is the same for all rows of the event is prepared once, in {@link open}.
 */
export class StreamedRowsCursor implements RecordCursor {
  operation: RecordOperation = 'create';
  key: Buffer | null = null;
  value: Buffer | null = null;
  headers: RecordHeaders | undefined = undefined;
  timestampMs = 0;
  readonly #options: StreamedRowsCursorOptions;
  readonly #heads: SourceHeads;
  readonly #out = new OutputBuffer();
  readonly #keyOut = new OutputBuffer({ initialBytes: 1024 });
  readonly #oldKeyOut = new OutputBuffer({ initialBytes: 1024 });
  #change: RowsChange | null = null;
  #images: ImageWriters | null = null;
  #afterImages: ImageWriters | null = null;
  #head: Buffer = NO_HEAD;
  /** Schema before the envelope; null: there is none. */
  #lead: Buffer | null = null;
  #position = 0;
  #row = 0;
  #following: Following = 'row';
  /** Start of the after image of a row whose key changed. */
  #afterImage = 0;

  constructor(options: StreamedRowsCursorOptions) {
    this.#options = options;
    this.#heads = new SourceHeads(options.identity);
  }

  get target(): CapturedTable {
    return this.#opened().table;
  }

  /** Starts on another event; the former one must be finished. */
  open(change: RowsChange): this {
    const { table, rows } = change;
    this.#change = change;
    this.timestampMs = change.timestampMs;
    this.#options.clock.event(change.transaction.threadId, change.query);
    this.#images = this.#options.writers.get(table, rows.present);
    this.#afterImages =
      rows.kind === 'update' ? this.#options.writers.get(table, rows.presentAfter) : this.#images;
    this.#head = this.#heads.get(change);
    this.#lead = this.#images.leads.value;
    this.#position = rows.start;
    this.#row = 0;
    this.#following = 'row';
    this.headers = this.#options.headers;
    if (change.skipRows > 0) this.#skip(change.skipRows);
    return this;
  }

  next(): boolean {
    const change = this.#opened();
    if (this.#following !== 'row') return this.#follow(change);
    while (this.#position < change.rows.end) {
      if (this.#writers().isPast !== null) {
        if (this.#version(change)) return true;
        continue;
      }
      switch (change.rows.kind) {
        case 'insert':
          this.#insert(change);
          return true;
        case 'delete':
          this.#delete(change);
          return true;
        case 'update':
          if (this.#update(change)) return true;
      }
    }
    return false;
  }

  /**
   * A row of a system-versioned table: what becomes of its current rows makes records, what is written of the past does not.
   * A row that an update makes one of the past is deleted. False: no record.
   */
  #version(change: RowsChange): boolean {
    const { rows } = change;
    const first = this.#position;
    const behind = this.#writers().row.skipRow(rows, first);
    if (rows.kind === 'update') {
      if (this.#afterWriters().isPast?.(rows, behind) !== true) return this.#update(change);
      this.#delete(change);
      this.#position = this.#afterWriters().row.skipRow(rows, behind);
      return true;
    }
    if (this.#writers().isPast?.(rows, first) === true) {
      this.#position = behind;
      this.#row += 1;
      return false;
    }
    if (rows.kind === 'insert') this.#insert(change);
    else this.#delete(change);
    return true;
  }

  #insert(change: RowsChange): void {
    const { rows } = change;
    const image = this.#position;
    this.operation = 'create';
    this.#startValue(BEFORE_NULL_AFTER);
    this.#position = this.#writers().row.writeRow(rows, image, this.#out);
    this.#endValue('c', this.#row++);
    this.key = this.#keyOf(this.#writers(), image, this.#keyOut);
  }

  #delete(change: RowsChange): void {
    const image = this.#position;
    this.operation = 'delete';
    this.#startValue(BEFORE);
    this.#position = this.#writers().row.writeRow(change.rows, image, this.#out);
    this.#out.appendBytes(AFTER_NULL);
    this.#endValue('d', this.#row++);
    this.key = this.#keyOf(this.#writers(), image, this.#keyOut);
    if (this.#options.tombstones) this.#following = 'tombstone';
  }

  /** False: nothing changed, and such rows are left out. */
  #update(change: RowsChange): boolean {
    const { rows } = change;
    const before = this.#position;
    this.operation = 'update';
    this.#startValue(BEFORE);
    const beforeStart = this.#out.length;
    const after = this.#writers().row.writeRow(rows, before, this.#out);
    const beforeEnd = this.#out.length;
    this.#out.appendBytes(AFTER);
    this.#position =
      this.#afterImages === this.#images
        ? this.#afterWriters().row.writeAfter(rows, after, this.#out)
        : this.#afterWriters().row.writeRow(rows, after, this.#out);
    if (this.#options.skipsUnchanged && endRepeats(this.#out, beforeStart, beforeEnd)) {
      this.#row += 1;
      return false;
    }
    this.key = this.#keyOf(this.#afterWriters(), after, this.#keyOut);
    const oldKey = this.#keyOf(this.#writers(), before, this.#oldKeyOut);
    if (oldKey === null || this.key === null || oldKey.equals(this.key)) {
      this.#endValue('u', this.#row++);
      return true;
    }
    this.#out.truncate(beforeEnd);
    this.#out.appendBytes(AFTER_NULL);
    this.#moved(oldKey, after);
    return true;
  }

  /** A changed key: a delete of the old one now, its tombstone and the create of the new one to follow. */
  #moved(oldKey: Buffer, after: number): void {
    this.operation = 'delete';
    this.#endValue('d', this.#row);
    this.headers = this.#headersWith('__debezium.newkey', this.key);
    this.key = oldKey;
    this.#afterImage = after;
    this.#following = this.#options.tombstones ? 'moved-tombstone' : 'moved-create';
  }

  #follow(change: RowsChange): boolean {
    if (this.#following === 'moved-create') {
      const oldKey = this.key;
      this.operation = 'create';
      this.#startValue(BEFORE_NULL_AFTER);
      this.#afterWriters().row.writeRow(change.rows, this.#afterImage, this.#out);
      this.#endValue('c', this.#row++);
      this.key = this.#keyOf(this.#afterWriters(), this.#afterImage, this.#keyOut);
      this.headers = this.#headersWith('__debezium.oldkey', oldKey);
      this.#following = 'row';
      return true;
    }
    this.operation = 'tombstone';
    this.value = null;
    this.#following = this.#following === 'moved-tombstone' ? 'moved-create' : 'row';
    return true;
  }

  #skip(rowCount: number): void {
    if (this.#options.transactions !== null) {
      this.#count(rowCount);
      return;
    }
    const { rows } = this.#opened();
    for (; this.#row < rowCount && this.#position < rows.end; this.#row += 1) {
      this.#position = this.#writers().row.skipRow(rows, this.#position);
      if (rows.kind === 'update') this.#position = this.#afterWriters().row.skipRow(rows, this.#position);
    }
  }

  /** Skips rows whose records count in the transaction: they are written and thrown away. */
  #count(rowCount: number): void {
    const { rows } = this.#opened();
    while (this.#following !== 'row' || (this.#row < rowCount && this.#position < rows.end)) {
      if (!this.next()) return;
    }
  }

  #startValue(prefix: PreparedText): void {
    this.#out.truncate(0);
    if (this.#lead !== null) this.#out.appendBytes(this.#lead);
    this.#out.ensure(prefix.room);
    putPrepared(this.#out, prefix);
    if (this.headers !== this.#options.headers) this.headers = this.#options.headers;
  }

  #endValue(op: string, row: number): void {
    const out = this.#out;
    out.appendBytes(this.#head);
    out.ensure(16);
    appendUint(out, row);
    const { clock, transactions } = this.#options;
    if (transactions === null) {
      out.appendBytes(clock.tail(op));
    } else {
      out.appendBytes(clock.sourceEnd());
      transactions.putBlock(out, this.#opened().table.id);
      out.appendBytes(clock.end(op));
    }
    this.value = out.written();
  }

  #headersWith(name: string, key: Buffer | null): RecordHeaders {
    return [[name, keyPayload(key, this.#writers().leads)], ...(this.#options.headers ?? [])];
  }

  #keyOf(writers: ImageWriters, image: number, out: OutputBuffer): Buffer | null {
    if (writers.key === null) return null;
    out.truncate(0);
    writers.key.writeKey(this.#opened().rows, image, out);
    return out.written();
  }

  #opened(): RowsChange {
    if (this.#change === null) throw new TypeError('The cursor was not opened on a change');
    return this.#change;
  }

  #writers(): ImageWriters {
    if (this.#images === null) throw new TypeError('The cursor was not opened on a change');
    return this.#images;
  }

  #afterWriters(): ImageWriters {
    if (this.#afterImages === null) throw new TypeError('The cursor was not opened on a change');
    return this.#afterImages;
  }
}

/** True when what follows `,"after":` behind `end` is what stands in `[start, end)`. */
function endRepeats(out: OutputBuffer, start: number, end: number): boolean {
  const afterStart = end + AFTER.length;
  return (
    out.length - afterStart === end - start &&
    out.bytes.compare(out.bytes, start, end, afterStart, out.length) === 0
  );
}
