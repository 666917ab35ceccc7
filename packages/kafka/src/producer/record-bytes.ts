import type { OutgoingRecord } from './record-producer.ts';

/** Key, value and header bytes of a record: what counts against a producer's limits. */
export function recordBytes(record: OutgoingRecord): number {
  let bytes = (record.key?.length ?? 0) + (record.value?.length ?? 0);
  for (const [name, value] of record.headers ?? []) bytes += name.length + value.length;
  return bytes;
}
