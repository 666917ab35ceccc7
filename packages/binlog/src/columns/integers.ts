import type { ByteSource } from '../bytes/byte-source.ts';
import { MAX_NUMBER_BYTES, putInt, putInt64, putUint } from '../bytes/digits.ts';
import { i32le, u8, u16le, u24le, u32le, u64le } from '../bytes/fixed-ints.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import {
  type CodecContext,
  type ColumnValue,
  cellText,
  type ImageCodec,
  type ImageContext,
  type TextJsonWriter,
} from './column-codec.ts';
import { withNativeForm } from './native-form.ts';
import { appendUnscaledBase64 } from './unscaled.ts';

type WriteJson = ImageCodec['writeJson'];

const WRITERS: Record<string, WriteJson> = {
  s1: (src, pos, out) => {
    putInt(out, (u8(src.bytes, pos) << 24) >> 24);
    return pos + 1;
  },
  u1: (src, pos, out) => {
    putUint(out, u8(src.bytes, pos));
    return pos + 1;
  },
  s2: (src, pos, out) => {
    putInt(out, (u16le(src.bytes, pos) << 16) >> 16);
    return pos + 2;
  },
  u2: (src, pos, out) => {
    putUint(out, u16le(src.bytes, pos));
    return pos + 2;
  },
  s3: (src, pos, out) => {
    putInt(out, (u24le(src.bytes, pos) << 8) >> 8);
    return pos + 3;
  },
  u3: (src, pos, out) => {
    putUint(out, u24le(src.bytes, pos));
    return pos + 3;
  },
  s4: (src, pos, out) => {
    putInt(out, i32le(src.bytes, pos));
    return pos + 4;
  },
  u4: (src, pos, out) => {
    putUint(out, u32le(src.bytes, pos));
    return pos + 4;
  },
  s8: (src, pos, out) => {
    putInt64(out, u32le(src.bytes, pos), u32le(src.bytes, pos + 4));
    return pos + 8;
  },
};

function writeUnsigned64Precise(src: ByteSource, pos: number, out: OutputBuffer): number {
  appendUnscaledBase64(out, u64le(src.bytes, pos));
  return pos + 8;
}

function readInteger(bytes: Buffer, pos: number, type: { bytes: number; unsigned: boolean }): ColumnValue {
  if (type.bytes === 8) return type.unsigned ? bytes.readBigUInt64LE(pos) : bytes.readBigInt64LE(pos);
  return type.unsigned ? bytes.readUIntLE(pos, type.bytes) : bytes.readIntLE(pos, type.bytes);
}

/** Row images of TINYINT to BIGINT: little-endian, two's complement. */
export function integerImage(context: ImageContext<'integer'>): ImageCodec {
  const { type, modes } = context;
  const precise = type.bytes === 8 && type.unsigned && modes.bigintUnsignedHandlingMode === 'precise';
  const wrapped = type.bytes === 8 && type.unsigned;
  const writeJson = precise
    ? writeUnsigned64Precise
    : WRITERS[wrapped ? 's8' : `${type.unsigned ? 'u' : 's'}${type.bytes}`];
  if (writeJson === undefined) throw new TypeError(`no integer of ${type.bytes} bytes`);
  const codec: ImageCodec = {
    minBytes: type.bytes,
    maxFixedJson: MAX_NUMBER_BYTES,
    readValue: (src, pos) => readInteger(src.bytes, pos, type),
    skip: (_src, pos) => pos + type.bytes,
    writeJson,
  };
  const isUnsigned = type.unsigned && !wrapped;
  return withNativeForm(codec, precise ? null : { kind: 'integer', a: type.bytes, b: isUnsigned ? 1 : 0 });
}

/** Server text of an integer: already the JSON form, but for unsigned BIGINT. ZEROFILL's leading zeros go. */
export function integerText({ type, modes }: CodecContext<'integer'>): TextJsonWriter {
  return (cell, out) => {
    out.ensure(MAX_NUMBER_BYTES);
    if (type.bytes < 8) {
      putInt(out, Number(cellText(cell)));
      return;
    }
    const value = BigInt(cellText(cell));
    if (type.unsigned && modes.bigintUnsignedHandlingMode === 'precise') {
      appendUnscaledBase64(out, value);
      return;
    }
    const low = Number(BigInt.asUintN(32, value));
    const high = Number(BigInt.asUintN(32, value >> 32n));
    putInt64(out, low, high);
  };
}
