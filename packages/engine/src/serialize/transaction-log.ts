import { appendUint, MAX_NUMBER_BYTES } from '@sealane/binlog/bytes/digits';
import type { OutputBuffer } from '@sealane/binlog/bytes/output-buffer';
import type { BeginChange, CommitChange } from '../change/change.ts';
import type { OwnTopic } from '../change/record-cursor.ts';
import { jsonEncoder } from './connect-schema/connect-schema.ts';
import { transactionKeySchema, transactionValueSchema } from './connect-schema/record-schemas.ts';
import { SingleRecordCursor } from './single-record-cursor.ts';

const COLLECTION_ORDER = Buffer.from(',"data_collection_order":');
const CLOSE = 0x7d;

interface Running {
  readonly id: string;
  /** `{"id":…,"total_order":`. */
  readonly head: Buffer;
  readonly events: Map<string, number>;
  total: number;
  readonly isStatement: boolean;
}

/**
 * `provide.transaction.metadata`: numbers the records of a transaction and tells of its begin and end on a topic of its own.
 * `begin`, then `putBlock` for each record, then `commit`. What stands between no begin and commit has no number.
 */
export class TransactionLog {
  readonly #topic: OwnTopic;
  readonly #key: (payload: object) => Buffer;
  readonly #value: (payload: object) => Buffer;
  #running: Running | null = null;

  constructor({ topic, schemas }: { topic: string; schemas: { key: boolean; value: boolean } }) {
    this.#topic = { topic };
    this.#key = jsonEncoder(transactionKeySchema, schemas.key);
    this.#value = jsonEncoder(transactionValueSchema, schemas.value);
  }

  /** The BEGIN record, which Debezium sends for MariaDB's DDL too, with no END; null when it was delivered by a run that ended in the middle of this transaction. */
  begin(change: BeginChange): SingleRecordCursor | null {
    const id = transactionId(change);
    const head = Buffer.from(`{"id":${JSON.stringify(id)},"total_order":`);
    this.#running = { id, head, events: new Map(), total: 0, isStatement: change.isStatement };
    if (change.isResumed) return null;
    const value = {
      status: 'BEGIN',
      id,
      event_count: null,
      data_collections: null,
      ts_ms: change.committedAtMs,
    };
    return this.#record(id, value);
  }

  /** The END record; null where no transaction has begun, as behind a DDL statement. */
  commit(change: CommitChange): SingleRecordCursor | null {
    const running = this.#running;
    this.#running = null;
    if (running === null || running.isStatement) return null;
    const { id, total } = running;
    const collections = [...running.events].map(([name, count]) => ({
      data_collection: name,
      event_count: count,
    }));
    const value = {
      status: 'END',
      id,
      event_count: total,
      data_collections: collections,
      ts_ms: change.committedAtMs,
    };
    return this.#record(id, value);
  }

  /** Appends the `transaction` block of the transaction's next record, which is about `table` (`database.table`). */
  putBlock(out: OutputBuffer, table: string): void {
    const running = this.#running;
    if (running === null) {
      out.appendText('null');
      return;
    }
    running.total += 1;
    const order = (running.events.get(table) ?? 0) + 1;
    running.events.set(table, order);
    out.appendBytes(running.head);
    out.ensure(MAX_NUMBER_BYTES);
    appendUint(out, running.total);
    out.appendBytes(COLLECTION_ORDER);
    out.ensure(MAX_NUMBER_BYTES + 1);
    appendUint(out, order);
    out.bytes[out.length++] = CLOSE;
  }

  #record(id: string, value: { ts_ms: number }): SingleRecordCursor {
    return new SingleRecordCursor({
      target: this.#topic,
      operation: null,
      key: this.#key({ id }),
      value: this.#value(value),
      timestampMs: value.ts_ms,
    });
  }
}

/** The GTID, or where the transaction's BEGIN stands. */
function transactionId({ gtid, file, beginPosition }: BeginChange): string {
  return gtid?.toText() ?? `file=${file},pos=${beginPosition}`;
}
