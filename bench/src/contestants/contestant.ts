/**
 * An engine that streams one table into a topic of its own. Call order: `prepare`, `release`, `halt`, as often
 * as wanted, then `close` once; `check` at any time. The first release begins at the end of the binlog, every later
 * one where the halt before it stopped.
 */
export interface Contestant {
  readonly name: string;
  /** Where its change events go. */
  readonly topic: string;
  /** Every setting that differs from the engine's own default. */
  readonly settings: Readonly<Record<string, string>>;
  /** Gets everything ready that is no part of streaming, and gives the process to measure. */
  prepare(): Promise<number>;
  /** Starts streaming. */
  release(): Promise<void>;
  /** Delivers what was read, stores the position and stops. */
  halt(): Promise<void>;
  /** Rejects with the reason when the engine has failed. */
  check(): Promise<void>;
  close(): Promise<void>;
}
