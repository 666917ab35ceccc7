import type { TopicSpec } from '../admin/topic-types.ts';
import { type WireReader, type WireRequest, WireWriter } from './wire-codec.ts';

/** What happened to one topic of a request. */
export interface TopicOutcome {
  readonly topic: string;
  readonly errorCode: number;
  /** The broker's own words; null where it gives none. */
  readonly errorMessage: string | null;
}

/** CreateTopics, version 4 (Kafka 2.4): the first with broker defaults for partitions and replication. */
export function createTopicsRequest(
  specs: readonly TopicSpec[],
  timeoutMs: number,
): WireRequest<readonly TopicOutcome[]> {
  const body = new WireWriter()
    .array(specs, (writer, spec) =>
      writer
        .string(spec.topic)
        .int32(spec.partitions ?? -1)
        .int16(spec.replicationFactor ?? -1)
        .array([], () => undefined)
        .array(Object.entries(spec.config ?? {}), (inner, [name, value]) => inner.string(name).string(value)),
    )
    .int32(timeoutMs)
    .boolean(false)
    .finish();
  return { apiKey: 19, apiVersion: 4, apiName: 'CreateTopics', body, decode: decodeCreateTopics };
}

function decodeCreateTopics(reader: WireReader): readonly TopicOutcome[] {
  reader.int32();
  return reader.array((r) => ({ topic: r.string(), errorCode: r.int16(), errorMessage: r.nullableString() }));
}

/** DeleteTopics, version 1. */
export function deleteTopicsRequest(
  topics: readonly string[],
  timeoutMs: number,
): WireRequest<readonly TopicOutcome[]> {
  const body = new WireWriter()
    .array(topics, (writer, topic) => writer.string(topic))
    .int32(timeoutMs)
    .finish();
  return { apiKey: 20, apiVersion: 1, apiName: 'DeleteTopics', body, decode: decodeDeleteTopics };
}

function decodeDeleteTopics(reader: WireReader): readonly TopicOutcome[] {
  reader.int32();
  return reader.array((r) => ({ topic: r.string(), errorCode: r.int16(), errorMessage: null }));
}

/** A topic's settings, or why they were not told. */
export interface DescribedConfig extends TopicOutcome {
  readonly entries: readonly { name: string; value: string | null; source: number; sensitive: boolean }[];
}

/** `source` of a setting made on the topic itself. */
export const TOPIC_CONFIG_SOURCE = 1;

const TOPIC_RESOURCE = 2;

/** DescribeConfigs, version 1, of topics. */
export function describeConfigsRequest(topics: readonly string[]): WireRequest<readonly DescribedConfig[]> {
  const body = new WireWriter()
    .array(topics, (writer, topic) =>
      writer
        .int8(TOPIC_RESOURCE)
        .string(topic)
        .array(null, () => undefined),
    )
    .boolean(false)
    .finish();
  return { apiKey: 32, apiVersion: 1, apiName: 'DescribeConfigs', body, decode: decodeDescribeConfigs };
}

function decodeDescribeConfigs(reader: WireReader): readonly DescribedConfig[] {
  reader.int32();
  return reader.array((r) => {
    const errorCode = r.int16();
    const errorMessage = r.nullableString();
    r.int8();
    return { topic: r.string(), errorCode, errorMessage, entries: r.array(decodeConfigEntry) };
  });
}

function decodeConfigEntry(reader: WireReader): DescribedConfig['entries'][number] {
  const name = reader.string();
  const value = reader.nullableString();
  reader.boolean();
  const source = reader.int8();
  const sensitive = reader.boolean();
  reader.array((r) => [r.string(), r.nullableString(), r.int8()]);
  return { name, value, source, sensitive };
}
