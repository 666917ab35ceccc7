/// <reference path="../wire/snappyjs.d.ts" />
import kafkajs from 'kafkajs';
import { compressFrameSync } from 'lz4-napi';
import { compress as snappyCompress } from 'snappyjs';
import type { ProducerCompression } from '../producer/record-producer.ts';
import { decompress } from '../wire/compression.ts';
import { compressZstd } from '../wire/zstd.ts';

const { CompressionCodecs, CompressionTypes } = kafkajs;

const TYPES: Readonly<Record<ProducerCompression, number>> = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
};

/** kafkajs' number of a codec. */
export function compressionType(name: ProducerCompression): number {
  return TYPES[name];
}

/** What kafkajs hands a codec for compression. */
interface EncoderView {
  readonly buffer: Buffer;
}

/** Teaches kafkajs (process-wide, that is its only way) the codecs that it ships without. Repeating it does no harm. */
export function registerCodecs(): void {
  for (const name of ['snappy', 'lz4', 'zstd'] as const) {
    CompressionCodecs[TYPES[name] as keyof typeof CompressionCodecs] = () => ({
      compress: async (encoder: EncoderView) => compressors[name](encoder.buffer),
      decompress: async (bytes: Buffer) => decompress(name, bytes),
    });
  }
}

const compressors = {
  snappy: (bytes: Buffer) => Buffer.from(snappyCompress(bytes)),
  lz4: (bytes: Buffer) => compressFrameSync(bytes),
  zstd: compressZstd,
};
