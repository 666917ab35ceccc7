import { FLAG_ARTIFICIAL, RawEvent } from '@sealane/binlog/events/raw-event';
import { describe, expect, it } from 'vitest';
import { StreamPosition } from './stream-position.ts';

function event(length: number, nextPosition: number, flags = 0): RawEvent {
  const bytes = Buffer.alloc(19);
  bytes.writeUInt32LE(length, 9);
  bytes.writeUInt32LE(nextPosition, 13);
  bytes.writeUInt16LE(flags, 17);
  return new RawEvent(bytes, 0, bytes.length);
}

describe('stream position', () => {
  it('starts each event where the former one ended', () => {
    const place = new StreamPosition('bin.1', 100);
    expect(place.pass(event(42, 142))).toBe(100);
    expect(place.pass(event(58, 200))).toBe(142);
    expect(place.position).toBe(200);
  });

  it('counts on where MariaDB tells no position, and remembers the last one told', () => {
    const place = new StreamPosition('bin.1', 100);
    place.pass(event(42, 142));
    expect(place.pass(event(70, 0))).toBe(142);
    expect(place.pass(event(31, 0))).toBe(212);
    expect(place.toldStart).toBe(100);
    expect(place.pass(event(31, 274))).toBe(243);
  });

  it('goes past 4 GiB, where the header wraps around', () => {
    const place = new StreamPosition('bin.1', 2 ** 32 - 10);
    expect(place.pass(event(50, 40))).toBe(2 ** 32 - 10);
    expect(place.position).toBe(2 ** 32 + 40);
    expect(place.pass(event(60, 100))).toBe(2 ** 32 + 40);
  });

  it('believes a heartbeat, also where that counts modulo 2^32', () => {
    const place = new StreamPosition('bin.1', 2 ** 32 + 10);
    place.stand('bin.1', 50);
    expect(place.position).toBe(2 ** 32 + 50);
    place.stand('bin.1', 2 ** 32 + 60);
    expect(place.position).toBe(2 ** 32 + 60);
    place.stand('bin.2', 4);
    expect(place).toMatchObject({ file: 'bin.2', position: 4 });
  });

  it('ignores events that stand in no file', () => {
    const place = new StreamPosition('bin.1', 100);
    place.pass(event(40, 0, FLAG_ARTIFICIAL));
    expect(place.position).toBe(100);
  });

  it('adopts what the server says after a jump', () => {
    const place = new StreamPosition('bin.1', 4);
    expect(place.pass(event(50, 5050))).toBe(5000);
  });
});
