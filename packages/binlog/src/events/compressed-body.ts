import { malformed } from '../bytes/byte-source.ts';
import { inflateExactly } from '../bytes/inflate.ts';
import type { RawEvent } from './raw-event.ts';

/**
 * Inflates MariaDB's compressed event data from `at` to the event's end: a header byte (0x80, algorithm in bits
 * 4 to 6 with 0 = zlib, size of the length in bits 0 to 2), the original length big-endian, then zlib data.
 * Source: MariaDB `sql/log_event.cc`, binlog_buf_uncompress.
 */
export function inflateMariadbBody(
  event: RawEvent,
  at: number,
): { bytes: Buffer; start: number; end: number } {
  const { bytes, end } = event;
  const header = at < end ? (bytes[at] as number) : 0;
  const lengthBytes = header & 0x07;
  const algorithm = (header & 0x70) >> 4;
  if (
    (header & 0x80) === 0 ||
    algorithm !== 0 ||
    lengthBytes < 1 ||
    lengthBytes > 4 ||
    at + 1 + lengthBytes > end
  ) {
    throw malformed(`Compressed event data starts with byte ${header}.`);
  }
  const size = bytes.readUIntBE(at + 1, lengthBytes);
  const plain = inflateExactly(bytes.subarray(at + 1 + lengthBytes, end), { raw: false, size });
  return { bytes: plain, start: 0, end: plain.length };
}
