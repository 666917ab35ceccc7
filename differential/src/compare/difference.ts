/** A place where the two engines disagree. */
export interface Difference {
  /** Topic without prefix. */
  readonly topic: string;
  /** Which record of the topic, from 0 on; null: the topic as a whole. */
  readonly index: number | null;
  /** Dotted path in the record, e.g. `value.after.price`; `count` or `topic` for a topic as a whole. */
  readonly path: string;
  readonly debezium: string;
  readonly sealane: string;
}
