import type { NativeBatchProducer } from './rdkafka-binding.ts';
import type { OutgoingRecord, RecordHeaders } from './record-producer.ts';

/** A batch that holds this much is handed over. */
const BATCH_BYTES = 128 * 1024;
const BATCH_RECORDS = 512;
/** Up to so many bytes, as most keys have, a loop is cheaper than a call that copies. */
const LOOP_BYTES = 32;
/** Topic, partition, key bytes, value bytes and headers of a record, behind one slot for the error code. */
const FIELDS = 5;
const HEAD = 1;
const IS_NULL = -1;
const NO_HEADERS = -1;
/** Lists of headers that are kept for records to name; a pipeline has one. */
const MOST_HEADER_LISTS = 16;

/** librdkafka's code for a queue without room, `RD_KAFKA_RESP_ERR__QUEUE_FULL`. */
export const ERR_QUEUE_FULL = -184;

/**
 * Gathers records and hands them to librdkafka in one call, which costs a fraction of a call for each. Headers travel when
 * one list, the same object, serves record after record. `fits`
 * before `add`; `add` false: `handOver` first; `close` last, before the native producer's disconnect.
 */
export class RdkafkaBatch {
  readonly #native: NativeBatchProducer;
  readonly #bytes = Buffer.allocUnsafeSlow(BATCH_BYTES);
  readonly #fields = new Int32Array(HEAD + BATCH_RECORDS * FIELDS);
  readonly #topics = new Map<string, number>();
  readonly #headerLists = new Map<RecordHeaders, number>();
  #lastHeaders: RecordHeaders | undefined = undefined;
  #lastTopic = '';
  #lastTopicNumber = 0;
  #length = 0;
  /** Records that librdkafka has not taken yet. */
  count = 0;

  constructor(native: NativeBatchProducer) {
    this.#native = native;
  }

  /** Whether a record can travel this way at all. */
  fits(record: OutgoingRecord, bytes: number): boolean {
    return bytes <= BATCH_BYTES && (record.headers === undefined || this.#knows(record.headers));
  }

  /** Copies a record of `bytes` bytes; false when there is no room left. */
  add(record: OutgoingRecord, bytes: number): boolean {
    if (this.count === BATCH_RECORDS || this.#length + bytes > BATCH_BYTES) return false;
    const { topic, key, value, headers } = record;
    const fields = this.#fields;
    const at = HEAD + this.count * FIELDS;
    fields[at] = topic === this.#lastTopic ? this.#lastTopicNumber : this.#topicNumber(topic);
    fields[at + 1] = record.partition;
    fields[at + 2] = key === null ? IS_NULL : key.length;
    fields[at + 3] = value === null ? IS_NULL : value.length;
    fields[at + 4] = headers === undefined ? NO_HEADERS : (this.#headerLists.get(headers) ?? NO_HEADERS);
    if (key !== null) this.#append(key);
    if (value !== null) this.#append(value);
    this.count += 1;
    return true;
  }

  /** Gives librdkafka what it takes; what is left stays. Returns 0 or librdkafka's code for the first record left. */
  handOver(): number {
    const { count } = this;
    if (count === 0) return 0;
    const taken = this.#native.produce(this.#bytes, this.#fields, count);
    if (taken === count) {
      this.count = 0;
      this.#length = 0;
      return 0;
    }
    this.#keepFrom(taken);
    return this.#fields[0] as number;
  }

  close(): void {
    this.#native.close();
  }

  /** A list is kept when it comes a second time in a row: many serve a single record. */
  #knows(headers: RecordHeaders): boolean {
    if (this.#headerLists.has(headers)) return true;
    const repeats = headers === this.#lastHeaders;
    this.#lastHeaders = headers;
    if (!repeats || this.#headerLists.size === MOST_HEADER_LISTS) return false;
    this.#headerLists.set(headers, this.#native.headers(headers.flat()));
    return true;
  }

  #append(bytes: Buffer): void {
    const size = bytes.length;
    if (size > LOOP_BYTES) this.#bytes.set(bytes, this.#length);
    else for (let i = 0; i < size; i++) this.#bytes[this.#length + i] = bytes[i] as number;
    this.#length += size;
  }

  #keepFrom(first: number): void {
    const fields = this.#fields;
    let offset = 0;
    for (let index = 0; index < first; index += 1) {
      const at = HEAD + index * FIELDS;
      offset += Math.max(0, fields[at + 2] as number) + Math.max(0, fields[at + 3] as number);
    }
    this.#bytes.copyWithin(0, offset, this.#length);
    fields.copyWithin(HEAD, HEAD + first * FIELDS, HEAD + this.count * FIELDS);
    this.#length -= offset;
    this.count -= first;
  }

  #topicNumber(topic: string): number {
    let number = this.#topics.get(topic);
    if (number === undefined) {
      number = this.#native.topic(topic);
      this.#topics.set(topic, number);
    }
    this.#lastTopic = topic;
    this.#lastTopicNumber = number;
    return number;
  }
}
