/// <reference path="./snappyjs.d.ts" />
import zlib from 'node:zlib';
import { decompressFrameSync } from 'lz4-napi';
import { uncompress as snappyUncompress } from 'snappyjs';
import { decompressZstd } from './zstd.ts';

/** Codecs of record batches in the order of their attribute numbers. */
const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;

export type CompressionName = (typeof CODECS)[number];

/** The codec of a batch's attribute bits 0-2. Throws RangeError for a number that the protocol does not define. */
export function codecName(number: number): CompressionName {
  const name = CODECS[number];
  if (name === undefined) throw new RangeError(`Unknown compression codec ${number}.`);
  return name;
}

/** Undoes a batch's compression. Throws what the codec throws on broken input. */
export function decompress(codec: Exclude<CompressionName, 'none'>, bytes: Buffer): Buffer {
  switch (codec) {
    case 'gzip':
      return zlib.gunzipSync(bytes);
    case 'snappy':
      return decompressSnappy(bytes);
    case 'lz4':
      return decompressFrameSync(bytes);
    case 'zstd':
      return decompressZstd(bytes);
  }
}

/** Magic of the snappy-java stream framing that Java producers write; librdkafka writes the bare block instead. */
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

function decompressSnappy(bytes: Buffer): Buffer {
  if (bytes.length < XERIAL_HEADER_BYTES || bytes.compare(XERIAL_MAGIC, 0, 8, 0, 8) !== 0)
    return snappyUncompress(bytes);
  const blocks: Buffer[] = [];
  let at = XERIAL_HEADER_BYTES;
  while (at < bytes.length) {
    const length = bytes.readInt32BE(at);
    blocks.push(snappyUncompress(bytes.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return Buffer.concat(blocks);
}
