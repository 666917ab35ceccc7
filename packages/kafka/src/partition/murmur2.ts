const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/**
 * The 32-bit murmur2 hash of `bytes[start, end)` as Kafka's Java client computes it (org.apache.kafka.common.utils.Utils.murmur2),
 * as a signed 32-bit integer. Allocates nothing.
 */
export function murmur2(bytes: Uint8Array, start = 0, end = bytes.length): number {
  const length = end - start;
  let h = SEED ^ length;
  let i = start;
  for (const last = end - 3; i < last; i += 4) {
    let k =
      byteAt(bytes, i) |
      (byteAt(bytes, i + 1) << 8) |
      (byteAt(bytes, i + 2) << 16) |
      (byteAt(bytes, i + 3) << 24);
    k = Math.imul(k, M);
    k ^= k >>> 24;
    k = Math.imul(k, M);
    h = Math.imul(h, M) ^ k;
  }
  const rest = end - i;
  if (rest === 3) h ^= byteAt(bytes, i + 2) << 16;
  if (rest >= 2) h ^= byteAt(bytes, i + 1) << 8;
  if (rest >= 1) h = Math.imul(h ^ byteAt(bytes, i), M);
  h ^= h >>> 13;
  h = Math.imul(h, M);
  return h ^ (h >>> 15);
}

/** The partition (0-based, below `partitions`) to which Java's default partitioner sends a record with this key. */
export function keyPartition(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions;
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}
