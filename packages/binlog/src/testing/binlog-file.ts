import { readFileSync } from 'node:fs';
import { EVENT_HEADER_BYTES, RawEvent } from '../events/raw-event.ts';

/** The events of a binlog file captured from a real server; `checksumBytes` is 4 when it was written with CRC32. */
export function readBinlogFile(path: URL, checksumBytes: 0 | 4): RawEvent[] {
  const bytes = readFileSync(path);
  const events: RawEvent[] = [];
  for (let at = 4; at + EVENT_HEADER_BYTES <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 9);
    events.push(new RawEvent(bytes, at, at + size - checksumBytes));
    at += size;
  }
  return events;
}
