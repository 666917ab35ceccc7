/** A place in one partition. */
export interface PartitionOffset {
  readonly partition: number;
  readonly offset: bigint;
}

/** How far a read or search has come. */
export interface ReadProgress {
  /** Records looked at. */
  readonly scanned: number;
  /** Offsets the whole range spans: an upper bound of records, exact where the topic has neither gaps nor compaction. */
  readonly total: number;
  /** Offsets covered so far, out of `total`; rises to `total`. */
  readonly covered: number;
  readonly matched: number;
  /** Bytes read from the brokers. */
  readonly bytes: number;
  readonly elapsedMs: number;
  /** Estimate to the end of the range at the present speed; null until something is covered. */
  readonly etaMs: number | null;
}
