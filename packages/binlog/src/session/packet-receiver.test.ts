import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';
import { PacketReceiver } from './packet-receiver.ts';

const HEARTBEAT = 27;
const HEAD_BYTES = 5;

/** Events of one socket read: each with a header, a body of its number and a checksum, behind its packet head. */
function socketRead(count: number): { bytes: Buffer; windows: [start: number, end: number][] } {
  const size = 19 + 8 + 4;
  const bytes = Buffer.alloc(count * (HEAD_BYTES + size));
  const windows: [number, number][] = [];
  for (let n = 0; n < count; n++) {
    const start = n * (HEAD_BYTES + size) + HEAD_BYTES;
    bytes[start + 4] = HEARTBEAT;
    bytes.writeUInt32LE(size, start + 9);
    bytes.writeUInt32LE(n, start + 19);
    bytes.writeUInt32LE(crc32(bytes.subarray(start, start + size - 4)), start + size - 4);
    windows.push([start, start + size]);
  }
  return { bytes, windows };
}

function open(verify: boolean): { queue: EventQueue; receiver: PacketReceiver } {
  const queue = new EventQueue(1_000_000, {
    pause: () => undefined,
    resume: () => undefined,
    verify: () => receiver.verify(),
  });
  const receiver = new PacketReceiver(queue, { verify, checksums: true });
  return { queue, receiver };
}

describe('events between socket and consumer', () => {
  it('are handed over together, without their checksums', async () => {
    const { queue, receiver } = open(true);
    const { bytes, windows } = socketRead(3);
    for (const [start, end] of windows) receiver.receive(bytes, start, end);
    const batch = await queue.next();
    expect(batch?.map((event) => bytes.readUInt32LE(event.bodyStart))).toEqual([0, 1, 2]);
    expect(batch?.map((event) => event.end)).toEqual(windows.map(([, end]) => end - 4));
  });

  it.each([0, 1, 2])('are not handed over when number %i of them is damaged', async (damaged) => {
    const { queue, receiver } = open(true);
    const { bytes, windows } = socketRead(3);
    const at = (windows[damaged]?.[0] ?? 0) + 22;
    bytes[at] = (bytes[at] as number) ^ 4;
    for (const [start, end] of windows) receiver.receive(bytes, start, end);
    await expect(queue.next()).rejects.toMatchObject({ code: 'BINLOG_EVENT_MALFORMED' });
  });

  it('are taken as they are where checksums are not to be verified', async () => {
    const { queue, receiver } = open(false);
    const { bytes, windows } = socketRead(1);
    bytes[windows[0]?.[0] ?? 0] = 1;
    for (const [start, end] of windows) receiver.receive(bytes, start, end);
    expect(await queue.next()).toHaveLength(1);
  });
});
