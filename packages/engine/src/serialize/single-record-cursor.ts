import type { RecordHeaders } from '@sealane/kafka/producer/record-producer';
import type { RecordCursor, RecordOperation, RecordTarget } from '../change/record-cursor.ts';

export interface SingleRecord {
  readonly target: RecordTarget;
  readonly operation: RecordOperation | null;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly timestampMs: number;
  readonly headers?: RecordHeaders | undefined;
}

/** The one record of a change that has no rows. */
export class SingleRecordCursor implements RecordCursor {
  readonly target: RecordTarget;
  readonly operation: RecordOperation | null;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: RecordHeaders | undefined;
  readonly timestampMs: number;
  #passed = false;

  constructor(record: SingleRecord) {
    this.target = record.target;
    this.operation = record.operation;
    this.key = record.key;
    this.value = record.value;
    this.headers = record.headers;
    this.timestampMs = record.timestampMs;
  }

  next(): boolean {
    if (this.#passed) return false;
    this.#passed = true;
    return true;
  }
}
