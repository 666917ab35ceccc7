import { MAX_NUMBER_BYTES, putUint } from '@sealane/binlog/bytes/digits';
import { OutputBuffer } from '@sealane/binlog/bytes/output-buffer';
import { type PreparedText, prepareText, putPrepared } from '@sealane/binlog/bytes/prepared-text';
import type { CapturedTable } from '../change/captured-table.ts';
import type { RowsChange } from '../change/change.ts';
import { type SourceIdentity, sourceFileText, sourceTableText } from './source-block.ts';

const ROW = prepareText((out) => out.appendText(',"row":'));
const QUOTE = 0x22;

/**
 * Makes the `source` heads of streamed rows, one per event, in one reused buffer. The table's part is made anew only when
 * table, commit time or server differ from the event before: in one-row transactions that is most of the work.
 */
export class SourceHeads {
  readonly #identity: SourceIdentity;
  readonly #out = new OutputBuffer({ initialBytes: 8192 });
  #table: CapturedTable | null = null;
  #timestampUs = -1;
  #serverId = -1;
  #tableLength = 0;
  #file: { readonly name: string; readonly text: PreparedText } | null = null;

  constructor(identity: SourceIdentity) {
    this.#identity = identity;
  }

  /** Valid until the next call. */
  get(change: RowsChange): Buffer {
    const { table, timestampUs, serverId } = change;
    if (table !== this.#table || timestampUs !== this.#timestampUs || serverId !== this.#serverId) {
      this.#table = table;
      this.#timestampUs = timestampUs;
      this.#serverId = serverId;
      this.#putTable(change);
    }
    this.#out.truncate(this.#tableLength);
    this.#putPlace(change);
    return this.#out.written();
  }

  #putTable({ table: { database, table }, timestampUs, serverId }: RowsChange): void {
    const facts = { database, table, timestampUs, serverId, snapshot: 'false' };
    this.#out.truncate(0);
    this.#out.appendText(sourceTableText(this.#identity, facts));
    this.#tableLength = this.#out.length;
  }

  #putPlace({ transaction: { gtid, file }, position }: RowsChange): void {
    const out = this.#out;
    const fileText = this.#fileText(file);
    if (gtid === null) {
      out.appendText('null');
    } else {
      out.ensure(2);
      out.bytes[out.length++] = QUOTE;
      gtid.appendTo(out);
      out.ensure(1);
      out.bytes[out.length++] = QUOTE;
    }
    out.ensure(fileText.room + MAX_NUMBER_BYTES + ROW.room);
    putPrepared(out, fileText);
    putUint(out, position);
    putPrepared(out, ROW);
  }
  #fileText(file: string): PreparedText {
    if (this.#file?.name !== file) {
      this.#file = { name: file, text: prepareText((out) => out.appendText(sourceFileText(file))) };
    }
    return this.#file.text;
  }
}
