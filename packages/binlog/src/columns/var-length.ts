import type { ByteSource } from '../bytes/byte-source.ts';
import { malformed } from '../bytes/byte-source.ts';
import { uintLe } from '../bytes/fixed-ints.ts';
import { type WireColumn, WireType } from '../table/wire-type.ts';

/** Bytes of the length prefix of a CHAR, VARCHAR, BLOB, TEXT, JSON, GEOMETRY or VECTOR value. */
export function prefixBytes(wire: WireColumn): number {
  switch (wire.type) {
    case WireType.VARCHAR:
    case WireType.VARCHAR_COMPRESSED:
    case WireType.VAR_STRING:
    case WireType.STRING:
      return wire.size > 255 ? 2 : 1;
    default:
      return wire.size;
  }
}

/** The end of a value whose `prefix`-byte length is at `pos`, checked against the source's end. */
export function valueEnd(src: ByteSource, pos: number, prefix: number): number {
  const size = uintLe(src.bytes, pos, prefix);
  const end = pos + prefix + size;
  if (end > src.end) throw tooLong(size, src.end - pos - prefix);
  return end;
}

function tooLong(size: number, left: number): Error {
  return malformed(`A value of ${size} bytes is announced where ${left} are left.`);
}
