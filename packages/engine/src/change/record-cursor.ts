import type { RecordHeaders } from '@sealane/kafka/producer/record-producer';
import type { CapturedTable } from './captured-table.ts';

/** What a record is about, by Debezium's `op` letter; a tombstone has none. */
export type RecordOperation = 'create' | 'update' | 'delete' | 'read' | 'truncate' | 'tombstone';

/** A topic of the pipeline itself, which holds no table's rows. */
export interface OwnTopic {
  readonly topic: string;
}

/** Where a record goes: to its table's topic, or to one of the pipeline's own. */
export type RecordTarget = Pick<CapturedTable, 'id' | 'database' | 'table'> | OwnTopic;

/**
 * Walks the records of one change. The object and its buffers are reused: what `key` and `value` show is valid
 * until the next call of `next`.
 */
export interface RecordCursor {
  readonly target: RecordTarget;
  /** Null: the record is no row's. */
  readonly operation: RecordOperation | null;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: RecordHeaders | undefined;
  /** Commit time of the row, epoch milliseconds by the source's clock. */
  readonly timestampMs: number;
  /** Moves to the next record; false behind the last one. */
  next(): boolean;
}
