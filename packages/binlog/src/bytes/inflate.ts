import { inflateRawSync, inflateSync } from 'node:zlib';
import { malformed } from './byte-source.ts';

/** The servers' own limit of one event. */
const MAX_BYTES = 1024 * 1024 * 1024;

/**
 * Inflates zlib data (`raw`: without the zlib header) that must give exactly `size` bytes; not more than those are ever
 * made. Throws `BINLOG_EVENT_MALFORMED`.
 */
export function inflateExactly(packed: Buffer, { raw, size }: { raw: boolean; size: number }): Buffer {
  if (size > MAX_BYTES) throw malformed(`Compressed data announces ${size} bytes.`);
  let plain: Buffer;
  try {
    const limits = { maxOutputLength: Math.max(size, 1) };
    plain = raw ? inflateRawSync(packed, limits) : inflateSync(packed, limits);
  } catch (cause) {
    throw malformed(`Compressed data cannot be inflated: ${String(cause)}`);
  }
  if (plain.length !== size)
    throw malformed(`Compressed data has ${plain.length} bytes, ${size} were announced.`);
  return plain;
}
