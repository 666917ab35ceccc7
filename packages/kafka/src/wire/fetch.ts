import { type WireReader, type WireRequest, WireWriter } from './wire-codec.ts';

export interface FetchRequestOptions {
  readonly topic: string;
  readonly partitions: readonly { partition: number; offset: number; maxBytes: number }[];
  /** Milliseconds the broker may wait for `minBytes`. */
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
}

/** One partition's part of a fetch answer; `records` is a view of the answer, undecoded. */
export interface FetchedPartition {
  readonly partition: number;
  readonly errorCode: number;
  readonly highWatermark: number;
  /** First offset of an undecided transaction, else the high watermark: the end for a read-committed reader. */
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  readonly aborted: readonly AbortedTransaction[];
  readonly records: Buffer;
}

/** A transaction that was rolled back, and where its first record in the partition lies. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: number;
}

/** Fetch, version 11 (Kafka 2.3), read committed, without a fetch session. */
export function fetchRequest(options: FetchRequestOptions): WireRequest<readonly FetchedPartition[]> {
  const body = new WireWriter()
    .int32(-1)
    .int32(options.maxWaitMs)
    .int32(options.minBytes)
    .int32(options.maxBytes)
    .int8(1)
    .int32(0)
    .int32(-1)
    .array([options.topic], (writer, topic) =>
      writer
        .string(topic)
        .array(options.partitions, (inner, { partition, offset, maxBytes }) =>
          inner.int32(partition).int32(-1).int64(offset).int64(-1).int32(maxBytes),
        ),
    )
    .array([], () => undefined)
    .string('')
    .finish();
  return { apiKey: 1, apiVersion: 11, apiName: 'Fetch', body, decode: decodeFetch };
}

function decodeFetch(reader: WireReader): readonly FetchedPartition[] {
  reader.int32();
  reader.int16();
  reader.int32();
  const topics = reader.array((r) => {
    r.string();
    return r.array(decodePartition);
  });
  return topics.flat();
}

function decodePartition(reader: WireReader): FetchedPartition {
  const partition = reader.int32();
  const errorCode = reader.int16();
  const highWatermark = reader.int64();
  const lastStableOffset = reader.int64();
  const logStartOffset = reader.int64();
  const aborted = reader.array((r) => ({ producerId: r.bigint64(), firstOffset: r.int64() }));
  reader.int32();
  return {
    partition,
    errorCode,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    aborted,
    records: reader.bytes(),
  };
}
