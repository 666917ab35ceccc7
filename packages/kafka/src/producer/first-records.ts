import type { AcknowledgementLedger } from './acknowledgement-ledger.ts';

/** Stands in the place of a sequence number once the partition's first record is acknowledged. */
const OPEN = 0;

/**
 * Lets the first record that a producer sends to a partition travel alone. A broker knows nothing yet of a new producer, and takes whatever
 * sequence number comes first: when it refuses the first record (it is about to become the leader) and takes the one behind it, librdkafka
 * counts the first as acknowledged, too (`rdkafka_request.c`, implicit acknowledgement), and it is lost without a word. From the
 * first acknowledgement on the broker refuses a gap. `admits` before a record is taken, `taken` after it.
 */
export class FirstRecords {
  readonly #ledger: Pick<AcknowledgementLedger, 'acknowledged'>;
  /** By topic and partition: sequence number of the first record, or {@link OPEN}; nothing where none was sent. */
  readonly #firsts = new Map<string, (number | undefined)[]>();
  #lastTopic = '';
  #lastFirsts: (number | undefined)[] = [];

  constructor(ledger: Pick<AcknowledgementLedger, 'acknowledged'>) {
    this.#ledger = ledger;
  }

  /** False while the partition's first record is on its way. */
  admits(topic: string, partition: number): boolean {
    if (topic !== this.#lastTopic) this.#turnTo(topic);
    const first = this.#lastFirsts[partition];
    if (first === OPEN || first === undefined) return true;
    if (first > this.#ledger.acknowledged) return false;
    this.#lastFirsts[partition] = OPEN;
    return true;
  }

  /** The record that was admitted last has this sequence number. */
  taken(partition: number, sequence: number): void {
    if (this.#lastFirsts[partition] === undefined) this.#lastFirsts[partition] = sequence;
  }

  #turnTo(topic: string): void {
    let firsts = this.#firsts.get(topic);
    if (firsts === undefined) {
      firsts = [];
      this.#firsts.set(topic, firsts);
    }
    this.#lastTopic = topic;
    this.#lastFirsts = firsts;
  }
}
