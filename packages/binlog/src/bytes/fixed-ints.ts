/*
 * Unchecked integer reads of the row path: the caller has checked that the bytes belong to the event.
 * Node's own readers check every call, which costs more than the read.
 */

export function u8(bytes: Uint8Array, pos: number): number {
  return bytes[pos] as number;
}

export function u16le(bytes: Uint8Array, pos: number): number {
  return (bytes[pos] as number) | ((bytes[pos + 1] as number) << 8);
}

export function u24le(bytes: Uint8Array, pos: number): number {
  return (bytes[pos] as number) | ((bytes[pos + 1] as number) << 8) | ((bytes[pos + 2] as number) << 16);
}

export function i32le(bytes: Uint8Array, pos: number): number {
  return u24le(bytes, pos) | ((bytes[pos + 3] as number) << 24);
}

export function u32le(bytes: Uint8Array, pos: number): number {
  return i32le(bytes, pos) >>> 0;
}

export function u48le(bytes: Uint8Array, pos: number): number {
  return u32le(bytes, pos) + u16le(bytes, pos + 4) * 4294967296;
}

export function u16be(bytes: Uint8Array, pos: number): number {
  return ((bytes[pos] as number) << 8) | (bytes[pos + 1] as number);
}

export function u24be(bytes: Uint8Array, pos: number): number {
  return ((bytes[pos] as number) << 16) | ((bytes[pos + 1] as number) << 8) | (bytes[pos + 2] as number);
}

export function u32be(bytes: Uint8Array, pos: number): number {
  return ((bytes[pos] as number) * 16777216 + u24be(bytes, pos + 1)) >>> 0;
}

/** A little-endian unsigned integer of 1 to 4 bytes: the length prefix of a BLOB. */
export function uintLe(bytes: Uint8Array, pos: number, size: number): number {
  if (size === 1) return u8(bytes, pos);
  if (size === 2) return u16le(bytes, pos);
  return size === 3 ? u24le(bytes, pos) : u32le(bytes, pos);
}

/** An unsigned 64-bit integer as bigint. */
export function u64le(bytes: Uint8Array, pos: number): bigint {
  return (BigInt(u32le(bytes, pos + 4)) << 32n) | BigInt(u32le(bytes, pos));
}
