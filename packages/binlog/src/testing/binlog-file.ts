import { readFileSync } from 'node:fs';
import { EventType } from '../events/event-type.ts';
import { parseFormatDescription } from '../events/format-description.ts';
import { EVENT_HEADER_BYTES, RawEvent } from '../events/raw-event.ts';

/** The events of a binlog file captured from a real server; `checksumBytes` is 4 when it was written with CRC32. */
export function readBinlogFile(path: URL, checksumBytes: 0 | 4): RawEvent[] {
  const bytes = readFileSync(path);
  const events: RawEvent[] = [];
  let flavor: RawEvent['flavor'] = 'mysql';
  for (let at = 4; at + EVENT_HEADER_BYTES <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 9);
    const event = new RawEvent(bytes, at, at + size - checksumBytes);
    if (event.type === EventType.FORMAT_DESCRIPTION)
      flavor = parseFormatDescription(bytes, at, at + size).flavor;
    event.flavor = flavor;
    events.push(event);
    at += size;
  }
  return events;
}
