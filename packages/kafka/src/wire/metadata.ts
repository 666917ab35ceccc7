import { type WireReader, type WireRequest, WireWriter } from './wire-codec.ts';

/** The answer of Metadata, version 7. */
export interface MetadataAnswer {
  readonly brokers: readonly { nodeId: number; host: string; port: number; rack: string | null }[];
  readonly clusterId: string;
  readonly controllerId: number;
  readonly topics: readonly TopicMetadata[];
}

export interface TopicMetadata {
  readonly errorCode: number;
  readonly topic: string;
  readonly internal: boolean;
  readonly partitions: readonly {
    errorCode: number;
    partition: number;
    leader: number;
    replicas: readonly number[];
    inSyncReplicas: readonly number[];
  }[];
}

/** Asks for topics (null: all). Creates none. */
export function metadataRequest(topics: readonly string[] | null): WireRequest<MetadataAnswer> {
  return {
    apiKey: 3,
    apiVersion: 7,
    apiName: 'Metadata',
    body: new WireWriter()
      .array(topics, (writer, topic) => writer.string(topic))
      .boolean(false)
      .finish(),
    decode: decodeMetadata,
  };
}

function decodeMetadata(reader: WireReader): MetadataAnswer {
  reader.int32();
  return {
    brokers: reader.array((r) => ({
      nodeId: r.int32(),
      host: r.string(),
      port: r.int32(),
      rack: r.nullableString(),
    })),
    clusterId: reader.string(),
    controllerId: reader.int32(),
    topics: reader.array((r) => ({
      errorCode: r.int16(),
      topic: r.string(),
      internal: r.boolean(),
      partitions: r.array(decodePartition),
    })),
  };
}

function decodePartition(reader: WireReader): TopicMetadata['partitions'][number] {
  const errorCode = reader.int16();
  const partition = reader.int32();
  const leader = reader.int32();
  reader.int32();
  const replicas = reader.array((r) => r.int32());
  const inSyncReplicas = reader.array((r) => r.int32());
  reader.array((r) => r.int32());
  return { errorCode, partition, leader, replicas, inSyncReplicas };
}
