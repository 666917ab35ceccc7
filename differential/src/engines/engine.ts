/**
 * One of the two captures that are compared. `start` first; `check` at any time until `stop`, which resolves when
 * nothing runs any more.
 */
export interface Engine {
  readonly name: 'debezium' | 'sealane';
  /** `topic.prefix` of what it writes. */
  readonly prefix: string;
  /** Resolves when it has been told to start; its snapshot and stream follow by themselves. */
  start(): Promise<void>;
  /** Rejects with the engine's own reason when it has failed. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

/** A Debezium connector configuration, without name and `topic.prefix`. */
export type ConnectorConfig = Readonly<Record<string, string>>;
