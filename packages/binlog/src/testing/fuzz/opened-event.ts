import { deflateSync } from 'node:zlib';
import { inflateMariadbBody } from '../../events/compressed-body.ts';
import { EventType } from '../../events/event-type.ts';
import { EVENT_HEADER_BYTES, type RawEvent } from '../../events/raw-event.ts';
import { expandTransactionPayload } from '../../events/transaction-payload.ts';

/** An event as its header and the bytes that are worth changing, with what makes an event of them again. */
export interface OpenedEvent {
  readonly header: Buffer;
  readonly body: Buffer;
  /** Body bytes on the wire for changed `body` bytes. */
  close(body: Buffer): Buffer;
}

/** The event's own body: damage of compressed data is damage of the compression. */
export function openPlain(event: RawEvent): OpenedEvent {
  return {
    header: event.bytes.subarray(event.start, event.bodyStart),
    body: event.bytes.subarray(event.bodyStart, event.end),
    close: (body) => body,
  };
}

/** What is compressed in the event, so that damage reaches the decoders behind the compression. */
export function openCompressed(event: RawEvent): OpenedEvent {
  if (event.type === EventType.TRANSACTION_PAYLOAD) return openPayload(event);
  const at = compressedAt(event);
  if (at === null) return openPlain(event);
  const plain = inflateMariadbBody(event, at);
  const head = Buffer.from(event.bytes.subarray(event.bodyStart, at));
  return {
    header: event.bytes.subarray(event.start, event.bodyStart),
    body: plain.bytes.subarray(plain.start, plain.end),
    close: (body) => Buffer.concat([head, mariadbHeader(body.length), deflateSync(body)]),
  };
}

/** The payload's events without compression, which is a form of its own (type 255). */
function openPayload(event: RawEvent): OpenedEvent {
  const inner = expandTransactionPayload(event).map(({ bytes, start, end }) => bytes.subarray(start, end));
  return {
    header: event.bytes.subarray(event.start, event.bodyStart),
    body: Buffer.concat(inner),
    close: (body) => Buffer.concat([Buffer.from([2, 3, 252, 255, 0, 0]), body]),
  };
}

function mariadbHeader(size: number): Buffer {
  const header = Buffer.alloc(5);
  header[0] = 0x84;
  header.writeUInt32BE(size, 1);
  return header;
}

/** Where compressed data starts: behind status variables and database, or behind the bitmaps of a rows event. */
function compressedAt({ bytes, type, bodyStart, end }: RawEvent): number | null {
  if (type === EventType.MARIADB_QUERY_COMPRESSED)
    return bodyStart + 13 + bytes.readUInt16LE(bodyStart + 11) + (bytes[bodyStart + 8] ?? 0) + 1;
  const isCompressed =
    type >= EventType.MARIADB_WRITE_ROWS_COMPRESSED_V1 && type <= EventType.MARIADB_DELETE_ROWS_COMPRESSED;
  if (!isCompressed) return null;
  const isUpdate =
    type === EventType.MARIADB_UPDATE_ROWS_COMPRESSED_V1 || type === EventType.MARIADB_UPDATE_ROWS_COMPRESSED;
  const isV2 = type >= EventType.MARIADB_WRITE_ROWS_COMPRESSED;
  const countAt = bodyStart + 8 + (isV2 ? bytes.readUInt16LE(bodyStart + 8) : 0);
  const first = bytes[countAt] ?? 0;
  const count = first === 252 ? bytes.readUInt16LE(countAt + 1) : first;
  const at = countAt + (first === 252 ? 3 : 1) + ((count + 7) >> 3) * (isUpdate ? 2 : 1);
  return at < end ? at : null;
}

/** An event of its parts; its header keeps everything but the length. */
export function closedEvent(opened: OpenedEvent, body: Buffer): Buffer {
  const wire = opened.close(body);
  const event = Buffer.concat([opened.header, wire]);
  event.writeUInt32LE(EVENT_HEADER_BYTES + wire.length, 9);
  return event;
}
