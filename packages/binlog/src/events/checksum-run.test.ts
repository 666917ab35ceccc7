import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from './checksum.ts';
import { ChecksumRun } from './checksum-run.ts';
import { eventTypeName } from './event-type.ts';

/** An event of a type with a body, its length in the header and its checksum behind it. */
function event(type: number, body: Uint8Array): Buffer {
  const bytes = Buffer.alloc(19 + body.length + 4);
  bytes[4] = type;
  bytes.writeUInt32LE(bytes.length, 9);
  bytes.set(body, 19);
  bytes.writeUInt32LE(zlibCrc32(bytes.subarray(0, -4)), bytes.length - 4);
  return bytes;
}

/** Events as they lie in a socket's chunk: each behind a packet head. */
function chunkOf(events: readonly Buffer[]): { bytes: Buffer; windows: [start: number, end: number][] } {
  const windows: [number, number][] = [];
  const parts: Buffer[] = [];
  let at = 0;
  for (const each of events) {
    const head = Buffer.from([each.length & 0xff, (each.length >> 8) & 0xff, 0, parts.length & 0xff, 0]);
    windows.push([at + 5, at + 5 + each.length]);
    parts.push(head, each);
    at += 5 + each.length;
  }
  return { bytes: Buffer.concat(parts), windows };
}

const bodies = fc.array(fc.uint8Array({ maxLength: 900 }), { minLength: 1, maxLength: 12 });

describe('ChecksumRun', () => {
  it('accepts any run of intact events and leaves them as they are', () => {
    fc.assert(
      fc.property(bodies, (all) => {
        const events = all.map((body) => event(30, body));
        const { bytes, windows } = chunkOf(events);
        const run = new ChecksumRun();
        for (const [start, end] of windows) run.add(bytes, start, end);
        run.verify();
        windows.forEach(([start, end], index) => {
          expect(bytes.subarray(start, end)).toEqual(events[index]);
        });
      }),
    );
  });

  it('finds a changed bit in any event of a run, and names that event', () => {
    fc.assert(
      fc.property(bodies, fc.nat(), fc.nat(), (all, which, bit) => {
        const { bytes, windows } = chunkOf(all.map((body, index) => event(index + 1, body)));
        const damaged = which % windows.length;
        const [start, end] = windows[damaged] as [number, number];
        const isLength = (at: number) => at >= 9 && at < 13;
        const offset = (bit >> 3) % (end - start);
        fc.pre(!isLength(offset) && offset !== 4);
        bytes[start + offset] = (bytes[start + offset] as number) ^ (1 << (bit & 7));
        const run = new ChecksumRun();
        for (const [from, to] of windows) run.add(bytes, from, to);
        expect(() => run.verify()).toThrow(
          expect.objectContaining({
            code: 'BINLOG_EVENT_MALFORMED',
            why: `The checksum of a ${eventTypeName(damaged + 1)} event is wrong.`,
          }),
        );
      }),
    );
  });

  it('starts over where an event lies in other memory, or not right behind the one before', () => {
    const first = chunkOf([event(2, Buffer.from('a'))]);
    const second = chunkOf([event(3, Buffer.from('b')), event(4, Buffer.from('c'))]);
    const run = new ChecksumRun();
    run.add(first.bytes, ...(first.windows[0] as [number, number]));
    run.add(second.bytes, ...(second.windows[1] as [number, number]));
    run.verify();
    first.bytes[25] = 0;
    run.add(first.bytes, ...(first.windows[0] as [number, number]));
    expect(() => run.add(second.bytes, ...(second.windows[0] as [number, number]))).toThrow(
      expect.objectContaining({ code: 'BINLOG_EVENT_MALFORMED' }),
    );
  });

  it('has nothing to say about no event', () => {
    expect(() => new ChecksumRun().verify()).not.toThrow();
  });
});

it('computes CRC-32 as zlib does, at any length and place', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1500 }), fc.nat(), (bytes, from) => {
      const start = bytes.length === 0 ? 0 : from % bytes.length;
      expect(crc32(bytes, start, bytes.length)).toBe(zlibCrc32(bytes.subarray(start)));
    }),
  );
});
