import { Script } from 'node:vm';
import { decompress } from 'fzstd';
import { malformed } from '../bytes/byte-source.ts';
import { uintLe } from '../bytes/fixed-ints.ts';

const MAGIC = 0xfd2fb528;
/** Bytes of the literals' size by size format, for literals that stand there plain. */
const PLAIN_HEADER_BYTES = [1, 2, 1, 3] as const;
/** The same for compressed ones, with the bits in front of and in the compressed size. */
const PACKED_HEADERS = [
  { bytes: 3, shift: 14, bits: 10 },
  { bytes: 3, shift: 14, bits: 10 },
  { bytes: 4, shift: 18, bits: 14 },
  { bytes: 5, shift: 22, bits: 18 },
] as const;

/** No block gives more than 128 KiB (RFC 8878), and none takes less than four bytes. */
const MAX_RATIO = 32_768;
/** Damaged sequences copy up to 256 KiB each into nowhere: this many are done within a second. */
const UNWATCHED_SEQUENCES = 2_048;
const WATCHED_MS = 2_000;
/** Far below what any machine decompresses. */
const WATCHED_BYTES_PER_MS = 10_000;

const watched = new Script('run()');

/**
 * Decompresses the one zstd frame in `packed`, which must give `size` bytes, in bounded time and memory: neither the
 * announced size nor the announced work is believed. Throws `BINLOG_EVENT_MALFORMED`.
 */
export function decompressZstd(packed: Buffer, size: number): Buffer {
  const sequences = countSequences(packed);
  if (size > packed.length * MAX_RATIO || sequences * 3 > size)
    throw malformed(`${packed.length} compressed bytes announce ${size}.`);
  const plain = Buffer.alloc(size);
  const run = (): Uint8Array => decompress(packed, plain);
  try {
    if (sequences <= UNWATCHED_SEQUENCES) run();
    else watched.runInNewContext({ run }, { timeout: WATCHED_MS + Math.ceil(size / WATCHED_BYTES_PER_MS) });
  } catch (cause) {
    throw malformed(`Compressed data cannot be decompressed: ${String(cause)}`);
  }
  return plain;
}

/**
 * Sequences that the blocks of a frame announce, read from their headers alone. Layout: RFC 8878, sections 3.1.1.1 and
 * 3.1.1.2.
 */
function countSequences(packed: Buffer): number {
  if (packed.length < 8 || packed.readUInt32LE(0) !== MAGIC)
    throw malformed('Compressed data is no zstd frame.');
  const flags = packed[4] as number;
  const isSingleSegment = (flags >> 5) & 1;
  const sizeFlag = flags >> 6;
  if ((flags & 3) !== 0) throw malformed('Compressed data wants a dictionary.');
  let at = 6 - isSingleSegment + (sizeFlag === 0 ? isSingleSegment : 1 << sizeFlag);
  for (let count = 0; ; ) {
    if (at + 3 > packed.length) throw cut();
    const header = uintLe(packed, at, 3);
    const type = (header >> 1) & 3;
    const size = header >> 3;
    const end = at + 3 + (type === 1 ? 1 : size);
    if (end > packed.length || type === 3) throw cut();
    if (type === 2) count += sequencesOf(packed, at + 3, end);
    if ((header & 1) === 1) return count;
    at = end;
  }
}

/** The number of sequences behind a block's literals. */
function sequencesOf(packed: Buffer, start: number, end: number): number {
  const at = start + literalBytes(packed, start, end);
  if (at + 3 > end) return at < end && packed[at] === 0 ? 0 : shortCount(packed, at, end);
  const first = packed[at] as number;
  if (first < 128) return first;
  const second = packed[at + 1] as number;
  return first < 255 ? ((first - 128) << 8) + second : second + ((packed[at + 2] as number) << 8) + 0x7f00;
}

function shortCount(packed: Buffer, at: number, end: number): number {
  const first = packed[at] as number;
  if (at >= end || first >= 128) throw cut();
  return first;
}

/** Bytes of a block's literals, their header included. */
function literalBytes(packed: Buffer, start: number, end: number): number {
  if (start >= end) throw cut();
  const first = packed[start] as number;
  const format = (first >> 2) & 3;
  const isCompressed = (first & 2) !== 0;
  const head = isCompressed ? PACKED_HEADERS[format as 0].bytes : (PLAIN_HEADER_BYTES[format] as number);
  if (start + head > end) throw cut();
  const value = packed.readUIntLE(start, head);
  if (isCompressed) {
    const { shift, bits } = PACKED_HEADERS[format as 0];
    return head + (Math.floor(value / 2 ** shift) % 2 ** bits);
  }
  if ((first & 1) === 1) return head + 1;
  return head + (head === 1 ? value >> 3 : value >> 4);
}

function cut(): Error {
  return malformed('Compressed data ends inside a block.');
}
