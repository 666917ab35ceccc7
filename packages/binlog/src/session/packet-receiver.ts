import { malformed } from '../bytes/byte-source.ts';
import { checksumMatches, checksumMismatch } from '../events/checksum.ts';
import { ChecksumRun } from '../events/checksum-run.ts';
import { EventType } from '../events/event-type.ts';
import { parseFormatDescription } from '../events/format-description.ts';
import { EVENT_HEADER_BYTES, FLAG_ARTIFICIAL, RawEvent } from '../events/raw-event.ts';
import { expandTransactionPayload } from '../events/transaction-payload.ts';
import type { EventQueue } from './event-queue.ts';

const CHECKSUM_BYTES = 4;
/** Header flag that the server clears before it computes a FORMAT_DESCRIPTION's checksum. */
const FLAG_IN_USE = 0x01;

/**
 * Turns binlog packets into events: the only place that knows whether checksums are there. Events are checked many at a
 * time: `verify` must be called before what `receive` queued is used.
 */
export class PacketReceiver {
  readonly #queue: EventQueue;
  readonly #verify: boolean;
  readonly #run = new ChecksumRun();
  #checksums: boolean;
  #flavor: RawEvent['flavor'] = 'mysql';
  bytesRead = 0;
  eventsRead = 0;

  /** `checksums`: what the session negotiated, valid until the first FORMAT_DESCRIPTION. */
  constructor(queue: EventQueue, options: { verify: boolean; checksums: boolean }) {
    this.#queue = queue;
    this.#verify = options.verify;
    this.#checksums = options.checksums;
  }

  /** Takes the event at `bytes[start..end)`. Throws `BINLOG_EVENT_MALFORMED`. */
  receive(bytes: Buffer, start: number, end: number): void {
    const size = end - start;
    this.bytesRead += size;
    this.eventsRead++;
    if (size < EVENT_HEADER_BYTES) throw malformed(`A binlog packet has ${size} bytes.`);
    const type = bytes[start + 4] as number;
    const event = new RawEvent(bytes, start, this.#bodyEnd(bytes, start, end));
    event.flavor = this.#flavor;
    if (type === EventType.TRANSACTION_PAYLOAD) {
      this.verify();
      for (const inner of expandTransactionPayload(event)) this.#queue.push(inner, inner.end - inner.start);
      return;
    }
    this.#queue.push(event, size);
  }

  /** Throws `BINLOG_EVENT_MALFORMED` when an event received since the last call was damaged on its way. */
  verify(): void {
    this.#run.verify();
  }

  #bodyEnd(bytes: Buffer, start: number, end: number): number {
    const type = bytes[start + 4];
    if (type === EventType.FORMAT_DESCRIPTION) return this.#formatEnd(bytes, start, end);
    const bodyEnd = end - CHECKSUM_BYTES;
    if (type === EventType.ROTATE && (bytes.readUInt16LE(start + 17) & FLAG_ARTIFICIAL) !== 0) {
      return bodyEnd >= start + EVENT_HEADER_BYTES && checksumMatches(bytes, start, bodyEnd) ? bodyEnd : end;
    }
    if (!this.#checksums) return end;
    if (bodyEnd < start + EVENT_HEADER_BYTES) throw malformed('An event has no room for its checksum.');
    if (this.#verify) this.#run.add(bytes, start, end);
    return bodyEnd;
  }

  /** A FORMAT_DESCRIPTION always ends in a checksum and says whether the others do. */
  #formatEnd(bytes: Buffer, start: number, end: number): number {
    const format = parseFormatDescription(bytes, start, end);
    this.#checksums = format.checksums;
    this.#flavor = format.flavor;
    if (this.#verify && format.checksums) {
      const copy = Buffer.from(bytes.subarray(start, end));
      copy.writeUInt16LE(copy.readUInt16LE(17) & ~FLAG_IN_USE, 17);
      const intact =
        checksumMatches(copy, 0, copy.length - CHECKSUM_BYTES) ||
        checksumMatches(bytes, start, end - CHECKSUM_BYTES);
      if (!intact) throw checksumMismatch(EventType.FORMAT_DESCRIPTION, bytes.readUInt32LE(start + 13));
    }
    return end - CHECKSUM_BYTES;
  }
}
