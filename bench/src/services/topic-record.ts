/** A record as the benchmark looks at it. */
export interface TopicRecord {
  /** Milliseconds since the epoch. */
  timestamp: number;
  key: Buffer | null;
  value: Buffer | null;
}
