import type { ByteSource } from '../bytes/byte-source.ts';
import { u16le, u32le } from '../bytes/fixed-ints.ts';

/** Bytes of the v4 event header: timestamp 4, type 1, server id 4, length 4, next position 4, flags 2. */
export const EVENT_HEADER_BYTES = 19;

/** Header flag of an event that exists only in the stream, not in the file (fake ROTATE, GTID_LIST). */
export const FLAG_ARTIFICIAL = 0x20;
/** Header flag of an event that a reader may ignore when it does not know its type. */
export const FLAG_IGNORABLE = 0x80;

/**
 * One event as it came off the wire: a window on the packet's bytes, which holds at least a whole header; its fields are
 * read on demand.
 *
 * The window is valid as long as the event is referenced; the bytes are never reused by the session.
 */
export class RawEvent implements ByteSource {
  readonly bytes: Buffer;
  /** Offset of the event header. */
  readonly start: number;
  /** End of the body; a checksum, where there is one, lies behind it and has been verified. */
  readonly end: number;
  /** Type code, see `EventType`. */
  readonly type: number;
  /** Whose server wrote the event, where the two differ in meaning; the session takes it from the FORMAT_DESCRIPTION. */
  flavor: 'mysql' | 'mariadb' = 'mysql';

  constructor(bytes: Buffer, start: number, end: number) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.type = bytes[start + 4] ?? 0;
  }

  /** Offset of the first byte behind the header. */
  get bodyStart(): number {
    return this.start + EVENT_HEADER_BYTES;
  }

  /** Server clock at statement start, seconds since the epoch; 0 in artificial events. */
  get timestamp(): number {
    return u32le(this.bytes, this.start);
  }

  /** `server_id` of the server where the event was first written. */
  get serverId(): number {
    return u32le(this.bytes, this.start + 5);
  }

  /** Size of the event in the binlog file, header and checksum included. */
  get eventLength(): number {
    return u32le(this.bytes, this.start + 9);
  }

  /**
   * Position in the binlog file behind this event, modulo 2^32. 0 for artificial events and, on MariaDB,
   * for events inside a transaction: only its last event carries a position there.
   */
  get nextPosition(): number {
    return u32le(this.bytes, this.start + 13);
  }

  get flags(): number {
    return u16le(this.bytes, this.start + 17);
  }
}
