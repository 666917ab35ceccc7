import type { CapturedTable } from '../change/captured-table.ts';
import type { RowsChange } from '../change/change.ts';
import { type SourceIdentity, sourcePlaceText, sourceTableText } from './source-block.ts';

/** Room for the longest head: names of 64 characters in up to 4 bytes each, escaped, and the rest. */
const HEAD_BYTES = 8192;

/**
 * Makes the `source` heads of streamed rows, one per event, in one reused buffer. The table's part is made anew only when
 * table, commit time or server differ from the event before: in one-row transactions that is most of the work.
 */
export class SourceHeads {
  readonly #identity: SourceIdentity;
  readonly #buffer = Buffer.allocUnsafeSlow(HEAD_BYTES);
  #table: CapturedTable | null = null;
  #timestampMs = -1;
  #serverId = -1;
  #tableText = '';

  constructor(identity: SourceIdentity) {
    this.#identity = identity;
  }

  /** Valid until the next call. */
  get(change: RowsChange): Buffer {
    const { table, timestampMs, serverId, transaction } = change;
    if (table !== this.#table || timestampMs !== this.#timestampMs || serverId !== this.#serverId) {
      this.#table = table;
      this.#timestampMs = timestampMs;
      this.#serverId = serverId;
      const { database, table: name } = table;
      const facts = { timestampMs, serverId, database, table: name, snapshot: 'false' };
      this.#tableText = sourceTableText(this.#identity, facts);
    }
    const place = sourcePlaceText({
      gtid: transaction.gtid,
      file: transaction.file,
      position: change.position,
    });
    const text = this.#tableText + place;
    const length = this.#buffer.write(text, 0, 'utf8');
    return length < HEAD_BYTES - 4 ? this.#buffer.subarray(0, length) : Buffer.from(text);
  }
}
