import { type WireReader, type WireRequest, WireWriter } from './wire-codec.ts';

/** One partition's log on one broker. */
export interface LogDirPartition {
  readonly topic: string;
  readonly partition: number;
  readonly bytes: number;
}

/** A log directory of a broker, or why it is not described. */
export interface LogDir {
  readonly errorCode: number;
  readonly partitions: readonly LogDirPartition[];
}

/** DescribeLogDirs, version 1, of the given partitions; kafkajs has no such request. */
export function describeLogDirsRequest(
  topics: readonly { topic: string; partitions: readonly number[] }[],
): WireRequest<readonly LogDir[]> {
  const body = new WireWriter()
    .array(topics, (writer, { topic, partitions }) =>
      writer.string(topic).array(partitions, (inner, partition) => inner.int32(partition)),
    )
    .finish();
  return { apiKey: 35, apiVersion: 1, apiName: 'DescribeLogDirs', body, decode: decodeLogDirs };
}

function decodeLogDirs(reader: WireReader): readonly LogDir[] {
  reader.int32();
  return reader.array((r) => {
    const errorCode = r.int16();
    r.string();
    return { errorCode, partitions: r.array(decodeTopic).flat() };
  });
}

function decodeTopic(reader: WireReader): readonly LogDirPartition[] {
  const topic = reader.string();
  return reader.array((r) => {
    const partition = r.int32();
    const bytes = r.int64();
    r.int64();
    r.boolean();
    return { topic, partition, bytes };
  });
}
