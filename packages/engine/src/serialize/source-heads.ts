import { MAX_NUMBER_BYTES, putUint } from '@sealane/binlog/bytes/digits';
import { OutputBuffer } from '@sealane/binlog/bytes/output-buffer';
import { prepareText, putPrepared } from '@sealane/binlog/bytes/prepared-text';
import type { CapturedTable } from '../change/captured-table.ts';
import type { RowsChange } from '../change/change.ts';
import { type SourceIdentity, sourceFileText, sourceTableText } from './source-block.ts';

const ROW = prepareText((out) => out.appendText(',"row":'));
const NULL = 'null';
const QUOTE = 0x22;

/**
 * Makes the `source` heads of streamed rows, one per event, in one reused buffer. The table's part is made anew only when
 * table, commit time or server differ from the event before: in one-row transactions that is most of the work.
 */
export class SourceHeads {
  readonly #identity: SourceIdentity;
  readonly #out = new OutputBuffer({ initialBytes: 8192 });
  #table: CapturedTable | null = null;
  #timestampMs = -1;
  #serverId = -1;
  #tableLength = 0;
  #file = '';
  #fileText = ROW;

  constructor(identity: SourceIdentity) {
    this.#identity = identity;
  }

  /** Valid until the next call. */
  get(change: RowsChange): Buffer {
    const { table, timestampMs, serverId } = change;
    if (table !== this.#table || timestampMs !== this.#timestampMs || serverId !== this.#serverId) {
      this.#table = table;
      this.#timestampMs = timestampMs;
      this.#serverId = serverId;
      this.#putTable();
    }
    this.#out.truncate(this.#tableLength);
    this.#putPlace(change);
    return this.#out.written();
  }

  #putTable(): void {
    if (this.#table === null) return;
    const { database, table } = this.#table;
    const facts = { timestampMs: this.#timestampMs, serverId: this.#serverId, database, table };
    this.#out.truncate(0);
    this.#out.appendText(sourceTableText(this.#identity, { ...facts, snapshot: 'false' }));
    this.#tableLength = this.#out.length;
  }

  #putPlace({ transaction: { gtid, file }, position }: RowsChange): void {
    const out = this.#out;
    if (file !== this.#file) {
      this.#file = file;
      this.#fileText = prepareText((text) => text.appendText(sourceFileText(file)));
    }
    if (gtid === null) {
      out.appendText(NULL);
    } else {
      out.ensure(2);
      out.bytes[out.length++] = QUOTE;
      gtid.appendTo(out);
      out.ensure(1);
      out.bytes[out.length++] = QUOTE;
    }
    out.ensure(this.#fileText.room + MAX_NUMBER_BYTES + ROW.room);
    putPrepared(out, this.#fileText);
    putUint(out, position);
    putPrepared(out, ROW);
  }
}
