/** One record as it lies in the topic: bytes, undecoded. Null and empty differ for keys, values and header values. */
export interface MessageRecord {
  readonly partition: number;
  readonly offset: bigint;
  /** Milliseconds since the epoch; -1 when the record carries none. */
  readonly timestamp: number;
  /** Who set the timestamp: the producer, or the broker at append. */
  readonly timestampType: 'create' | 'append';
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly MessageHeader[];
  /** 0 for a null key. */
  readonly keyBytes: number;
  /** 0 for a null value. */
  readonly valueBytes: number;
  /** The codec of the batch the record came in. */
  readonly compression: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
}

/** One record header; names may repeat. */
export interface MessageHeader {
  readonly name: string;
  readonly value: Buffer | null;
}

/** Order of a listing across partitions: newest timestamp first, and of equal ones the higher offset. */
export function compareNewestFirst(a: MessageRecord, b: MessageRecord): number {
  return b.timestamp - a.timestamp || compareBigint(b.offset, a.offset) || a.partition - b.partition;
}

/** Order of a listing across partitions: oldest timestamp first, and of equal ones the lower offset. */
export function compareOldestFirst(a: MessageRecord, b: MessageRecord): number {
  return a.timestamp - b.timestamp || compareBigint(a.offset, b.offset) || a.partition - b.partition;
}

function compareBigint(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
