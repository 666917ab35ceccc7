/** A record as a plain consumer sees it. */
export interface SeenRecord {
  readonly partition: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** In the order of the names. */
  readonly headers: readonly (readonly [string, string])[];
}

/** Records by topic, each partition's in offset order; topic names without the engine's prefix. */
export type TopicRecords = ReadonlyMap<string, readonly SeenRecord[]>;
