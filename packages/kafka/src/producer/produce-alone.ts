import type { NativeProducer } from './rdkafka-binding.ts';
import type { OutgoingRecord, RecordHeaders } from './record-producer.ts';

/** Empty, but inside memory: node-rdkafka takes a buffer without an address for null. */
const EMPTY = Buffer.alloc(8).subarray(0, 0);

function addressed(bytes: Buffer | null): Buffer | null {
  return bytes !== null && bytes.length === 0 ? EMPTY : bytes;
}

function toNativeHeader(header: RecordHeaders[number]): Record<string, string> {
  return { [header[0]]: header[1] };
}

/** Hands librdkafka one record, which may be large and have headers. Returns 0 or librdkafka's code. */
export function produceAlone(native: NativeProducer, record: OutgoingRecord): number {
  const { topic, partition, key, value } = record;
  const headers = record.headers?.map(toNativeHeader);
  return native.produce(topic, partition, addressed(value), addressed(key), null, undefined, headers);
}
