import { constants } from 'node:buffer';
import { type ByteSource, malformed } from './byte-source.ts';

/** A bounds-checked forward cursor for everything that is not a row image; integers are little-endian. */
export class EventReader {
  readonly bytes: Buffer;
  readonly end: number;
  pos: number;

  constructor(src: ByteSource, pos: number) {
    this.bytes = src.bytes;
    this.end = Math.min(src.end, src.bytes.length);
    this.pos = pos;
    this.#need(0);
  }

  get remaining(): number {
    return this.end - this.pos;
  }

  uint(size: 1 | 2 | 3 | 4 | 5 | 6): number {
    this.#need(size);
    const value = this.bytes.readUIntLE(this.pos, size);
    this.pos += size;
    return value;
  }

  uint64(): bigint {
    this.#need(8);
    const value = this.bytes.readBigUInt64LE(this.pos);
    this.pos += 8;
    return value;
  }

  /** A 64-bit number that is a size, position or time and must fit into 2^53. */
  safeUint64(what: string): number {
    const value = this.uint64();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed(`${what} ${value} is out of range.`);
    return Number(value);
  }

  /** Length-encoded integer: one byte up to 250, else 252, 253 or 254 and 2, 3 or 8 bytes. */
  lengthEncoded(): number {
    const first = this.uint(1);
    if (first < 251) return first;
    if (first === 252) return this.uint(2);
    if (first === 253) return this.uint(3);
    if (first === 254) return this.safeUint64('A length');
    throw malformed(`Byte ${first} does not start a length.`);
  }

  /** A window of `size` bytes on the same memory. */
  take(size: number): Buffer {
    this.#need(size);
    const slice = this.bytes.subarray(this.pos, this.pos + size);
    this.pos += size;
    return slice;
  }

  text(size: number, encoding: 'utf8' | 'latin1' = 'utf8'): string {
    this.#need(size);
    if (size > constants.MAX_STRING_LENGTH) throw malformed(`A text of ${size} bytes is too long.`);
    const value = this.bytes.toString(encoding, this.pos, this.pos + size);
    this.pos += size;
    return value;
  }

  skip(size: number): void {
    this.#need(size);
    this.pos += size;
  }

  #need(size: number): void {
    if (size < 0 || this.pos + size > this.end) {
      throw malformed(`${size} bytes are wanted where ${this.end - this.pos} are left.`);
    }
  }
}
