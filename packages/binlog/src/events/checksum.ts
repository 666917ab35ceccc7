import * as zlib from 'node:zlib';
import { malformed } from '../bytes/byte-source.ts';
import { i32le, u32le } from '../bytes/fixed-ints.ts';
import { eventTypeName } from './event-type.ts';

/** Below this a loop over tables beats the call into zlib. */
const NATIVE_FROM_BYTES = 640;
/** The reflected polynomial of CRC-32 (IEEE 802.3). */
export const CRC_POLYNOMIAL = 0xedb88320;

/** Eight tables of 256: a byte's contribution to the sum when 0 to 7 bytes follow it ("slicing by 8", Kounavis and Berry 2005). */
const TABLES = buildTables();

/** The register of the CRC after one more byte. */
export function crcStep(register: number, byte: number): number {
  let value = (register ^ byte) & 0xff;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? CRC_POLYNOMIAL ^ (value >>> 1) : value >>> 1;
  return value ^ (register >>> 8);
}

function buildTables(): Int32Array {
  const tables = new Int32Array(8 * 256);
  for (let n = 0; n < 256; n++) tables[n] = crcStep(n, 0);
  for (let n = 256; n < tables.length; n++) {
    const shorter = tables[n - 256] as number;
    tables[n] = (tables[shorter & 0xff] as number) ^ (shorter >>> 8);
  }
  return tables;
}

function crcByTables(bytes: Uint8Array, start: number, end: number): number {
  let crc = -1;
  let i = start;
  for (const last = end - 7; i < last; i += 8) {
    const low = crc ^ i32le(bytes, i);
    const high = i32le(bytes, i + 4);
    crc =
      (TABLES[1792 | (low & 0xff)] as number) ^
      (TABLES[1536 | ((low >>> 8) & 0xff)] as number) ^
      (TABLES[1280 | ((low >>> 16) & 0xff)] as number) ^
      (TABLES[1024 | (low >>> 24)] as number) ^
      (TABLES[768 | (high & 0xff)] as number) ^
      (TABLES[512 | ((high >>> 8) & 0xff)] as number) ^
      (TABLES[256 | ((high >>> 16) & 0xff)] as number) ^
      (TABLES[high >>> 24] as number);
  }
  for (; i < end; i++) crc = (TABLES[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** CRC-32 (IEEE) of `bytes[start..end)`. */
export function crc32(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < NATIVE_FROM_BYTES) return crcByTables(bytes, start, end);
  return zlib.crc32(bytes.subarray(start, end));
}

/** True when the four bytes at `end` are the CRC-32 of `bytes[start..end)`. */
export function checksumMatches(bytes: Buffer, start: number, end: number): boolean {
  return crc32(bytes, start, end) === u32le(bytes, end);
}

/** The error for an event whose bytes changed on the way. */
export function checksumMismatch(type: number, nextPosition: number): Error {
  return malformed(`The checksum of a ${eventTypeName(type)} event is wrong.`, { nextPosition });
}
