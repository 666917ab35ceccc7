import { readInt64 } from './bytes.ts';

/** Writes the fields of a request (Kafka's non-flexible encoding) one after the other. */
export class WireWriter {
  #bytes = Buffer.allocUnsafe(256);
  #length = 0;

  int8(value: number): this {
    this.#length = this.#room(1).writeInt8(value, this.#length);
    return this;
  }

  int16(value: number): this {
    this.#length = this.#room(2).writeInt16BE(value, this.#length);
    return this;
  }

  int32(value: number): this {
    this.#length = this.#room(4).writeInt32BE(value, this.#length);
    return this;
  }

  int64(value: number | bigint): this {
    this.#length = this.#room(8).writeBigInt64BE(BigInt(value), this.#length);
    return this;
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  string(value: string | null): this {
    if (value === null) return this.int16(-1);
    const length = Buffer.byteLength(value);
    this.int16(length);
    this.#room(length).write(value, this.#length);
    this.#length += length;
    return this;
  }

  /** An array; null where the protocol gives it a meaning. */
  array<T>(items: readonly T[] | null, write: (writer: this, item: T) => void): this {
    this.int32(items === null ? -1 : items.length);
    for (const item of items ?? []) write(this, item);
    return this;
  }

  finish(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #room(bytes: number): Buffer {
    if (this.#length + bytes > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + bytes));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}

/** Reads the fields of an answer (Kafka's non-flexible encoding) one after the other. Throws RangeError past the end. */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#skip(1));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#skip(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#skip(4));
  }

  /** Exact up to 2^53. */
  int64(): number {
    return readInt64(this.#bytes, this.#skip(8));
  }

  bigint64(): bigint {
    return this.#bytes.readBigInt64BE(this.#skip(8));
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  nullableString(): string | null {
    const length = this.int16();
    if (length < 0) return null;
    const at = this.#skip(length);
    return this.#bytes.toString('utf8', at, at + length);
  }

  string(): string {
    return this.nullableString() ?? '';
  }

  /** A view of the answer's own bytes; empty for null. */
  bytes(): Buffer {
    const length = Math.max(0, this.int32());
    const at = this.#skip(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** Empty for a null array. */
  array<T>(read: (reader: this) => T): T[] {
    const length = Math.max(0, this.int32());
    const items: T[] = [];
    for (let n = 0; n < length; n++) items.push(read(this));
    return items;
  }

  #skip(bytes: number): number {
    const at = this.#at;
    this.#at += bytes;
    return at;
  }
}

/** One request and how to read its answer. */
export interface WireRequest<T> {
  readonly apiKey: number;
  readonly apiVersion: number;
  readonly apiName: string;
  readonly body: Buffer;
  decode(reader: WireReader): T;
}
