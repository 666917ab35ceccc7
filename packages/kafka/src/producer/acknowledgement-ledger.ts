const INITIAL_CAPACITY = 1 << 14;

/**
 * Turns per-partition acknowledgement counts into one number: the highest n such that all records up to n are acknowledged.
 * Remembers the partition and size of every outstanding record in two rings (8 bytes a record), in the order of production.
 */
export class AcknowledgementLedger {
  #slots = new Uint32Array(INITIAL_CAPACITY);
  #sizes = new Uint32Array(INITIAL_CAPACITY);
  /** By slot: acknowledgements not yet used to advance. */
  readonly #credit: number[] = [];
  /** By slot: acknowledgements ever counted. */
  readonly #counted: number[] = [];
  readonly #slotOf = new Map<string, number[]>();
  #lastTopic = '';
  #lastTopicSlots: number[] = [];
  produced = 0;
  acknowledged = 0;
  queuedBytes = 0;

  get queuedRecords(): number {
    return this.produced - this.acknowledged;
  }

  /** Notes a record that was taken; returns its sequence number. */
  add(topic: string, partition: number, bytes: number): number {
    if (this.queuedRecords === this.#slots.length) this.#grow();
    const sequence = ++this.produced;
    const index = sequence & (this.#slots.length - 1);
    this.#slots[index] = this.#slot(topic, partition);
    this.#sizes[index] = bytes;
    this.queuedBytes += bytes;
    return sequence;
  }

  /** The partition has `total` acknowledged records since the start. Counts never fall; a lower one is ignored. */
  setAcknowledged(topic: string, partition: number, total: number): void {
    const slot = this.#slotOf.get(topic)?.[partition];
    if (slot === undefined) return;
    const counted = this.#counted[slot] ?? 0;
    if (total <= counted) return;
    this.#credit[slot] = (this.#credit[slot] ?? 0) + (total - counted);
    this.#counted[slot] = total;
  }

  /** Moves {@link acknowledged} as far as the counts allow; true when it moved. */
  advance(): boolean {
    const before = this.acknowledged;
    const mask = this.#slots.length - 1;
    while (this.acknowledged < this.produced) {
      const index = (this.acknowledged + 1) & mask;
      const slot = this.#slots[index] as number;
      const credit = this.#credit[slot] as number;
      if (credit <= 0) break;
      this.#credit[slot] = credit - 1;
      this.queuedBytes -= this.#sizes[index] as number;
      this.acknowledged += 1;
    }
    return this.acknowledged > before;
  }

  /** Every record up to `sequence` is known to be acknowledged, by whatever means; true when that is news. */
  acknowledgeUpTo(sequence: number): boolean {
    const before = this.acknowledged;
    const mask = this.#slots.length - 1;
    while (this.acknowledged < sequence) {
      const index = (this.acknowledged + 1) & mask;
      const slot = this.#slots[index] as number;
      const credit = this.#credit[slot] as number;
      // The partition's count will report this record once more: it is counted here already.
      if (credit > 0) this.#credit[slot] = credit - 1;
      else this.#counted[slot] = (this.#counted[slot] as number) + 1;
      this.queuedBytes -= this.#sizes[index] as number;
      this.acknowledged += 1;
    }
    return this.acknowledged > before;
  }

  #slot(topic: string, partition: number): number {
    if (topic !== this.#lastTopic) {
      this.#lastTopic = topic;
      this.#lastTopicSlots = this.#slotsOf(topic);
    }
    const known = this.#lastTopicSlots[partition];
    if (known !== undefined) return known;
    const slot = this.#credit.length;
    this.#credit.push(0);
    this.#counted.push(0);
    this.#lastTopicSlots[partition] = slot;
    return slot;
  }

  #slotsOf(topic: string): number[] {
    const known = this.#slotOf.get(topic);
    if (known !== undefined) return known;
    const slots: number[] = [];
    this.#slotOf.set(topic, slots);
    return slots;
  }

  #grow(): void {
    const oldMask = this.#slots.length - 1;
    const mask = this.#slots.length * 2 - 1;
    const slots = new Uint32Array(mask + 1);
    const sizes = new Uint32Array(mask + 1);
    for (let sequence = this.acknowledged + 1; sequence <= this.produced; sequence++) {
      slots[sequence & mask] = this.#slots[sequence & oldMask] as number;
      sizes[sequence & mask] = this.#sizes[sequence & oldMask] as number;
    }
    this.#slots = slots;
    this.#sizes = sizes;
  }
}
