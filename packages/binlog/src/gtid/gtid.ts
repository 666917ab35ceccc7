import { MAX_NUMBER_BYTES, putAscii, putUint, putUint64 } from '../bytes/digits.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import type { MariadbGtid } from './mariadb-gtid-position.ts';

/** The GTID of one transaction. Its text is made on demand: in a stream of small transactions nobody asks for most of them. */
export interface Gtid {
  /** MariaDB's replication domain; 0 on MySQL, which has none. */
  readonly domainId: number;
  /** MySQL `uuid:gno` or `uuid:tag:gno`, MariaDB `domain-server-sequence`. */
  toText(): string;
  /** Appends the text, which is ASCII. */
  appendTo(out: OutputBuffer): void;
}

/** A GTID that is a text already. */
export class TextGtid implements Gtid {
  readonly domainId = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toText(): string {
    return this.#text;
  }

  appendTo(out: OutputBuffer): void {
    out.ensure(this.#text.length);
    putAscii(out, this.#text);
  }
}

/** A MariaDB GTID as its event has it: the sequence in two unsigned halves of 32 bits. */
export class BinaryMariadbGtid implements Gtid, MariadbGtid {
  readonly domainId: number;
  readonly serverId: number;
  readonly #low: number;
  readonly #high: number;

  constructor(parts: { domainId: number; serverId: number; low: number; high: number }) {
    this.domainId = parts.domainId;
    this.serverId = parts.serverId;
    this.#low = parts.low;
    this.#high = parts.high;
  }

  get sequence(): bigint {
    return (BigInt(this.#high) << 32n) | BigInt(this.#low);
  }

  toText(): string {
    return `${this.domainId}-${this.serverId}-${this.sequence}`;
  }

  appendTo(out: OutputBuffer): void {
    out.ensure(3 * MAX_NUMBER_BYTES);
    putUint(out, this.domainId);
    out.bytes[out.length++] = 0x2d;
    putUint(out, this.serverId);
    out.bytes[out.length++] = 0x2d;
    putUint64(out, this.#low, this.#high);
  }
}
