import { malformed } from '../bytes/byte-source.ts';
import { EventReader } from '../bytes/event-reader.ts';
import { EventType } from './event-type.ts';
import { EVENT_HEADER_BYTES, RawEvent } from './raw-event.ts';
import { decompressZstd } from './zstd-frame.ts';

const END_MARK = 0;
const COMPRESSION_TYPE = 2;
const UNCOMPRESSED_SIZE = 3;
const ZSTD = 0;
const NO_COMPRESSION = 255;
/** The server's own limit of one transaction payload. */
const MAX_PAYLOAD_BYTES = 1024 * 1024 * 1024;

/**
 * Unpacks MySQL's TRANSACTION_PAYLOAD into the events of the transaction, which carry no checksums. The first one
 * stands where the payload begins, the last one ends where it ends; the next position of those between is 0, as events
 * inside a MariaDB transaction have it.
 * Layout: MySQL `libbinlogevents/include/codecs/binary.h`: fields of type, length, value; then the payload.
 */
export function expandTransactionPayload(event: RawEvent): RawEvent[] {
  const reader = new EventReader(event, event.bodyStart);
  let compression = ZSTD;
  let size = 0;
  for (let type = reader.lengthEncoded(); type !== END_MARK; type = reader.lengthEncoded()) {
    const end = reader.lengthEncoded() + reader.pos;
    const value = reader.lengthEncoded();
    if (reader.pos > end) throw malformed('A transaction payload has a field that is too short.');
    reader.skip(end - reader.pos);
    if (type === COMPRESSION_TYPE) compression = value;
    if (type === UNCOMPRESSED_SIZE) size = value;
  }
  const end = event.nextPosition;
  const place = { start: end - event.eventLength, end };
  return splitEvents(unpack(reader.take(reader.remaining), { compression, size }), place);
}

function unpack(packed: Buffer, { compression, size }: { compression: number; size: number }): Buffer {
  if (compression === NO_COMPRESSION) return Buffer.from(packed);
  if (compression !== ZSTD) throw malformed(`Transaction payload compression ${compression} is not known.`);
  if (size > MAX_PAYLOAD_BYTES) throw malformed(`A transaction payload announces ${size} bytes.`);
  return decompressZstd(packed, size);
}

function splitEvents(plain: Buffer, place: { start: number; end: number }): RawEvent[] {
  if (plain.length === 0) throw malformed('A transaction payload is empty.');
  const events: RawEvent[] = [];
  for (let at = 0; at < plain.length; ) {
    const size = at + EVENT_HEADER_BYTES <= plain.length ? plain.readUInt32LE(at + 9) : 0;
    if (size < EVENT_HEADER_BYTES || at + size > plain.length) {
      throw malformed(`An event of ${size} bytes does not fit into a transaction payload.`);
    }
    if (plain[at + 4] === EventType.TRANSACTION_PAYLOAD)
      throw malformed('A transaction payload lies in another one.');
    const isLast = at + size === plain.length;
    const next = isLast ? place.end : at === 0 ? place.start + size : 0;
    plain.writeUInt32LE(next >>> 0, at + 13);
    events.push(new RawEvent(plain, at, at + size));
    at += size;
  }
  return events;
}
