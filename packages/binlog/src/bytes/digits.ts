import type { OutputBuffer } from './output-buffer.ts';

/** `00` to `99` as ASCII pairs. */
const PAIRS = Uint8Array.from(
  { length: 200 },
  (_, i) => 48 + (i % 2 === 0 ? Math.floor(i / 20) : (i >> 1) % 10),
);
const TWO_32 = 4294967296;
const TWO_16 = 65536;
const BILLION = 1000000000;

/** Most bytes any of the `put` functions below writes. */
export const MAX_NUMBER_BYTES = 24;

function digitCount(value: number): number {
  if (value < 10) return 1;
  if (value < 100) return 2;
  if (value < 1000) return 3;
  if (value < 10000) return 4;
  if (value < 100000) return 5;
  if (value < 1000000) return 6;
  if (value < 10000000) return 7;
  if (value < 100000000) return 8;
  return value < 1000000000 ? 9 : 10;
}

function fillDigits(bytes: Uint8Array, end: number, value: number): void {
  let rest = value;
  let at = end;
  while (rest >= 100) {
    const quotient = (rest / 100) | 0;
    const pair = (rest - quotient * 100) << 1;
    rest = quotient;
    bytes[--at] = PAIRS[pair + 1] as number;
    bytes[--at] = PAIRS[pair] as number;
  }
  if (rest >= 10) {
    bytes[--at] = PAIRS[(rest << 1) + 1] as number;
    bytes[--at] = PAIRS[rest << 1] as number;
  } else {
    bytes[--at] = 48 + rest;
  }
}

/** Writes an integer in [0, 2^53) without asking for room. */
export function putUint(out: OutputBuffer, value: number): void {
  if (value < 2147483648) {
    const end = out.length + digitCount(value);
    fillDigits(out.bytes, end, value | 0);
    out.length = end;
    return;
  }
  const high = Math.floor(value / BILLION);
  putUint(out, high);
  putPadded(out, value - high * BILLION, 9);
}

/** Writes an integer in (-2^53, 2^53) without asking for room. */
export function putInt(out: OutputBuffer, value: number): void {
  if (value < 0) {
    out.bytes[out.length++] = 45;
    putUint(out, -value);
  } else {
    putUint(out, value);
  }
}

/** Writes exactly `width` (1 to 9) digits of an integer below 10^width without asking for room. */
export function putPadded(out: OutputBuffer, value: number, width: number): void {
  const bytes = out.bytes;
  let rest = value | 0;
  const start = out.length;
  let at = start + width;
  while (at - start >= 2) {
    const quotient = (rest / 100) | 0;
    const pair = (rest - quotient * 100) << 1;
    rest = quotient;
    bytes[--at] = PAIRS[pair + 1] as number;
    bytes[--at] = PAIRS[pair] as number;
  }
  if (at > start) bytes[start] = 48 + rest;
  out.length = start + width;
}

/** Writes an unsigned 64-bit integer given as two 32-bit halves (each unsigned) without asking for room. */
export function putUint64(out: OutputBuffer, low: number, high: number): void {
  if (high < 0x200000) putUint(out, high * TWO_32 + low);
  else putLargeUint64(out, low, high);
}

/** By long division in steps of sixteen bits, which stay exact as numbers. */
function putLargeUint64(out: OutputBuffer, low: number, high: number): void {
  const first = Math.floor(high / BILLION);
  const upper = (high - first * BILLION) * TWO_16 + (low >>> 16);
  const second = Math.floor(upper / BILLION);
  const lower = (upper - second * BILLION) * TWO_16 + (low & 0xffff);
  const third = Math.floor(lower / BILLION);
  putUint(out, first * TWO_32 + second * TWO_16 + third);
  putPadded(out, lower - third * BILLION, 9);
}

/** Writes a signed 64-bit integer given as two unsigned 32-bit halves without asking for room. */
export function putInt64(out: OutputBuffer, low: number, high: number): void {
  if (high < 0x80000000) {
    putUint64(out, low, high);
    return;
  }
  out.bytes[out.length++] = 45;
  putUint64(out, (~low + 1) >>> 0, (~high + (low === 0 ? 1 : 0)) >>> 0);
}

/** Writes text of ASCII characters without asking for room. */
export function putAscii(out: OutputBuffer, text: string): void {
  const bytes = out.bytes;
  let at = out.length;
  for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
  out.length = at;
}

/** Appends an integer in (-2^53, 2^53). */
export function appendInt(out: OutputBuffer, value: number): void {
  out.ensure(MAX_NUMBER_BYTES);
  putInt(out, value);
}

/** Appends an integer in [0, 2^53). */
export function appendUint(out: OutputBuffer, value: number): void {
  out.ensure(MAX_NUMBER_BYTES);
  putUint(out, value);
}

/** Appends an integer of any size. */
export function appendBigint(out: OutputBuffer, value: bigint): void {
  const text = value.toString();
  out.ensure(text.length);
  putAscii(out, text);
}
