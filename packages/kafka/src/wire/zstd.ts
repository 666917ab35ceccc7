import zlib from 'node:zlib';
import { SealaneError } from '@sealane/errors/sealane-error';
import { decompress as fzstdDecompress } from 'fzstd';

/** Node's own zstd, from 22.15 on; the types of Node 20 do not know it. */
interface ZstdFunctions {
  zstdCompressSync?: (bytes: Buffer) => Buffer;
  zstdDecompressSync?: (bytes: Buffer) => Buffer;
}

const native: ZstdFunctions & Pick<typeof zlib, 'gunzipSync'> = zlib;

/** Decompresses a zstd frame, in JavaScript where Node cannot. */
export function decompressZstd(bytes: Buffer): Buffer {
  if (native.zstdDecompressSync !== undefined) return native.zstdDecompressSync(bytes);
  return Buffer.from(fzstdDecompress(bytes));
}

/** Compresses to a zstd frame; throws `KAFKA_COMPRESSION_UNSUPPORTED` before Node 22.15. */
export function compressZstd(bytes: Buffer): Buffer {
  if (native.zstdCompressSync !== undefined) return native.zstdCompressSync(bytes);
  throw new SealaneError({
    code: 'KAFKA_COMPRESSION_UNSUPPORTED',
    message: 'This Node.js cannot compress with zstd.',
    why: `Node.js ${process.version} has no zstd; 22.15 and later have.`,
    remedy: 'Choose lz4, or run on a newer Node.js, or build node-rdkafka with libzstd-dev installed.',
  });
}
