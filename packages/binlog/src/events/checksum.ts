import * as zlib from 'node:zlib';
import { malformed } from '../bytes/byte-source.ts';
import { eventTypeName } from './event-type.ts';

/** Below this a table loop beats the call into zlib. */
const NATIVE_FROM_BYTES = 96;
const TABLE = buildTable();

function buildTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, n) => {
    let value = n;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value;
  });
}

function crcByTable(bytes: Uint8Array, start: number, end: number): number {
  let crc = -1;
  for (let i = start; i < end; i++)
    crc = (TABLE[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** CRC-32 (IEEE) of `bytes[start..end)`. */
export function crc32(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < NATIVE_FROM_BYTES) return crcByTable(bytes, start, end);
  return zlib.crc32(bytes.subarray(start, end));
}

/** True when the four bytes at `end` are the CRC-32 of `bytes[start..end)`. */
export function checksumMatches(bytes: Buffer, start: number, end: number): boolean {
  return crc32(bytes, start, end) === bytes.readUInt32LE(end);
}

/** The error for an event whose bytes changed on the way. */
export function checksumMismatch(type: number, nextPosition: number): Error {
  return malformed(`The checksum of a ${eventTypeName(type)} event is wrong.`, { nextPosition });
}
