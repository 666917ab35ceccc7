import { OutputBuffer } from '@sealane/binlog/bytes/output-buffer';
import type { HandlingModes } from '@sealane/binlog/columns/handling-modes';
import type { TextRowWriter } from '@sealane/binlog/row/row-writer-types';
import { compileTextRowWriter } from '@sealane/binlog/row/text-row-writer';
import type { RecordHeaders } from '@sealane/kafka/producer/record-producer';
import type { CapturedTable } from '../change/captured-table.ts';
import type { SnapshotMarker, SnapshotRowsChange } from '../change/change.ts';
import type { ColumnRules } from '../change/column-rules.ts';
import type { Converters } from '../change/converters.ts';
import type { KeyColumns } from '../change/message-key.ts';
import type { RecordCursor, RecordOperation } from '../change/record-cursor.ts';
import { checkFieldNames } from './check-field-names.ts';
import type { EnvelopeClock } from './envelope-clock.ts';
import type { RecordLeads, TableLeads } from './record-leads.ts';
import type { RowForm } from './row-form.ts';
import { type SourceIdentity, sourceFileText, sourceTableText } from './source-block.ts';

const PREFIX = Buffer.from('{"before":null,"after":');
const CLOSE = Buffer.from('}');
const ROW_ZERO = Buffer.from('0');

export interface SnapshotRowsCursorOptions {
  identity: SourceIdentity;
  clock: EnvelopeClock;
  modes: HandlingModes;
  key: KeyColumns;
  rules: ColumnRules;
  converters: Converters;
  leads: RecordLeads;
  form: RowForm;
  headers: RecordHeaders | undefined;
}

/** Writes the records of snapshot rows: op `r`, every row at the snapshot's position, row number 0. */
export class SnapshotRowsCursor implements RecordCursor {
  readonly operation: RecordOperation = 'read';
  readonly headers: RecordHeaders | undefined;
  key: Buffer | null = null;
  value: Buffer | null = null;
  timestampMs = 0;
  readonly #options: SnapshotRowsCursorOptions;
  readonly #out = new OutputBuffer();
  readonly #keyOut = new OutputBuffer({ initialBytes: 1024 });
  readonly #writers = new WeakMap<CapturedTable, TextRowWriter>();
  readonly #heads = new Map<SnapshotMarker, Buffer>();
  #change: SnapshotRowsChange | null = null;
  #writer: TextRowWriter | null = null;
  #hasKey = false;
  #leads: TableLeads = { key: null, value: null };
  #index = 0;

  constructor(options: SnapshotRowsCursorOptions) {
    this.#options = options;
    this.headers = options.headers;
  }

  get target(): CapturedTable {
    if (this.#change === null) throw new TypeError('The cursor was not opened on a change');
    return this.#change.table;
  }

  /** Starts on another change; the former one must be finished. */
  open(change: SnapshotRowsChange): this {
    if (change.table !== this.#change?.table) this.#heads.clear();
    this.#change = change;
    this.#writer = this.#writerOf(change.table);
    this.#leads = this.#options.leads.of(change.table.schema);
    this.#hasKey = this.#options.key(change.table.schema).length > 0;
    this.#options.clock.event(null, null);
    this.timestampMs = change.timestampMs;
    this.#index = 0;
    return this;
  }

  next(): boolean {
    const change = this.#change;
    const packet = change?.packets[this.#index];
    if (change === null || packet === undefined || this.#writer === null) return false;
    const out = this.#out;
    out.truncate(0);
    if (this.#leads.value !== null) out.appendBytes(this.#leads.value);
    out.appendBytes(PREFIX);
    this.#writer.writeRow(packet, packet.start, out);
    out.appendBytes(this.#head(change, this.#marker(change)));
    out.appendBytes(ROW_ZERO);
    out.appendBytes(this.#options.clock.tail('r'));
    this.value = out.written();
    this.key = null;
    if (this.#hasKey) {
      this.#keyOut.truncate(0);
      if (this.#leads.key !== null) this.#keyOut.appendBytes(this.#leads.key);
      this.#writer.writeKey(packet, packet.start, this.#keyOut);
      if (this.#leads.key !== null) this.#keyOut.appendBytes(CLOSE);
      this.key = this.#keyOut.written();
    }
    this.#index += 1;
    return true;
  }

  #marker(change: SnapshotRowsChange): SnapshotMarker {
    if (this.#index === change.packets.length - 1) return change.lastMarker;
    return this.#index === 0 ? change.firstMarker : 'true';
  }

  #head(change: SnapshotRowsChange, marker: SnapshotMarker): Buffer {
    let head = this.#heads.get(marker);
    if (head === undefined) {
      const { timestampMs, position, table } = change;
      const facts = {
        timestampUs: timestampMs * 1000,
        snapshot: marker,
        database: table.database,
        table: table.table,
        serverId: 0,
      };
      const place = `null${sourceFileText(position.file)}${position.position},"row":`;
      head = Buffer.from(sourceTableText(this.#options.identity, facts) + place);
      this.#heads.set(marker, head);
    }
    return head;
  }

  #writerOf(table: CapturedTable): TextRowWriter {
    const known = this.#writers.get(table);
    if (known !== undefined) return known;
    const { modes, key, rules, converters, form } = this.#options;
    const schema = converters(table.schema);
    checkFieldNames(schema, { included: table.included, fieldName: form.fieldName });
    const writer = compileTextRowWriter({
      schema,
      modes,
      included: table.included,
      keyColumns: key(schema),
      rules: rules(schema),
      nullJson: form.nulls(schema),
      keyNullJson: form.keyNulls(schema),
      fieldName: form.fieldName,
    });
    this.#writers.set(table, writer);
    return writer;
  }
}
