import { type WireReader, type WireRequest, WireWriter } from './wire-codec.ts';

/** Pseudo timestamps of ListOffsets. */
export const LATEST = -1;
export const EARLIEST = -2;

/** One partition's answer; offset -1 when no record is as young as the timestamp. */
export interface ListedOffset {
  readonly partition: number;
  readonly errorCode: number;
  readonly offset: number;
}

/** ListOffsets, version 2, read committed: `LATEST` means the end of decided transactions. */
export function listOffsetsRequest(
  topic: string,
  partitions: readonly number[],
  timestamp: number,
): WireRequest<readonly ListedOffset[]> {
  const body = new WireWriter()
    .int32(-1)
    .int8(1)
    .array([topic], (writer, name) =>
      writer.string(name).array(partitions, (inner, partition) => inner.int32(partition).int64(timestamp)),
    )
    .finish();
  return { apiKey: 2, apiVersion: 2, apiName: 'ListOffsets', body, decode: decodeListOffsets };
}

function decodeListOffsets(reader: WireReader): readonly ListedOffset[] {
  reader.int32();
  const topics = reader.array((r) => {
    r.string();
    return r.array((p) => {
      const partition = p.int32();
      const errorCode = p.int16();
      p.int64();
      return { partition, errorCode, offset: p.int64() };
    });
  });
  return topics.flat();
}
