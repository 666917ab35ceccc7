import type { TopicDetail, TopicSummary } from '@sealane/contracts/api/topics';
import { listPipelinesOfCluster, type PipelineRow } from '@sealane/db/repositories/pipelines';
import { describeTopicConfig, describeTopics, listTopics } from '@sealane/kafka/admin/describe-topics';
import { topicSizes } from '@sealane/kafka/admin/topic-sizes';
import type { TopicDescription } from '@sealane/kafka/admin/topic-types';
import { topicWatermarks } from '@sealane/kafka/admin/watermarks';
import type { KafkaSession } from '@sealane/kafka/session/kafka-session';
import type { Services } from '../services.ts';
import { topicWriters } from './topic-writers.ts';

export interface TopicListQuery {
  clusterId: string;
  page: number;
  pageSize: number;
  sort?: string | undefined;
  order: 'asc' | 'desc';
  q?: string | undefined;
  internal: boolean;
}

interface Facts {
  messages: bigint | null;
  bytes: number | null;
  cleanupPolicy: string | null;
}

const unknownFacts: Facts = { messages: null, bytes: null, cleanupPolicy: null };

/** One page of topics. Sizes are asked for the page only, unless the list is sorted by them. Sort keys: `name`,
 * `partitions`, `messages`, `bytes`. */
export async function listTopicPage(
  services: Services,
  query: TopicListQuery,
): Promise<{ items: TopicSummary[]; total: number }> {
  const session = await services.kafka.get(query.clusterId);
  const text = query.q?.toLowerCase() ?? '';
  const topics = (await listTopics(session)).filter(
    (topic) => (query.internal || !isInternal(topic)) && topic.topic.toLowerCase().includes(text),
  );
  const byFacts = query.sort === 'messages' || query.sort === 'bytes';
  const known = byFacts ? await readFacts(session, topics) : new Map<string, Facts>();
  const sign = query.order === 'desc' ? -1 : 1;
  const sorted = [...topics].sort((a, b) => sign * compareBy(query.sort, known)(a, b));
  const page = sorted.slice((query.page - 1) * query.pageSize, query.page * query.pageSize);
  const facts = byFacts ? known : await readFacts(session, page);
  const pipelines = await listPipelinesOfCluster(services.database, query.clusterId);
  return {
    items: page.map((topic) => toSummary(topic, facts.get(topic.topic) ?? unknownFacts, pipelines)),
    total: topics.length,
  };
}

/** A topic with its partitions and settings. Throws `KAFKA_TOPIC_UNKNOWN`. */
export async function describeTopic(
  services: Services,
  clusterId: string,
  name: string,
): Promise<TopicDetail> {
  const session = await services.kafka.get(clusterId);
  const [topic] = await describeTopics(session, [name]);
  if (topic === undefined) throw new Error(`describeTopics answered without ${name}`);
  const [watermarks, sizes, config, pipelines] = await Promise.all([
    topicWatermarks(session, name),
    topicSizes(session, [name]),
    describeTopicConfig(session, name),
    listPipelinesOfCluster(services.database, clusterId),
  ]);
  const bytesOf = new Map((sizes.get(name) ?? []).map((size) => [size.partition, size.bytes]));
  const marksOf = new Map(watermarks.map((mark) => [mark.partition, mark]));
  const facts = {
    messages: watermarks.reduce((sum, { earliest, latest }) => sum + latest - earliest, 0n),
    bytes: sumBytes([...bytesOf.values()]),
    cleanupPolicy: config.find((entry) => entry.name === 'cleanup.policy')?.value ?? null,
  };
  return {
    ...toSummary(topic, facts, pipelines),
    partitionList: topic.partitions.map(({ partition, leader, replicas, inSyncReplicas }) => ({
      partition,
      leader,
      replicas: [...replicas],
      inSyncReplicas: [...inSyncReplicas],
      earliestOffset: marksOf.get(partition)?.earliest.toString() ?? null,
      latestOffset: marksOf.get(partition)?.latest.toString() ?? null,
      bytes: bytesOf.get(partition)?.toString() ?? null,
    })),
    config: config.map((entry) => ({ ...entry })),
  };
}

async function readFacts(
  session: KafkaSession,
  topics: readonly TopicDescription[],
): Promise<Map<string, Facts>> {
  const names = topics.map((topic) => topic.topic);
  const sizes = await topicSizes(session, names);
  const entries = await Promise.all(
    names.map(async (name): Promise<[string, Facts]> => {
      const [watermarks, config] = await Promise.all([
        topicWatermarks(session, name),
        describeTopicConfig(session, name),
      ]);
      return [
        name,
        {
          messages: watermarks.reduce((sum, { earliest, latest }) => sum + latest - earliest, 0n),
          bytes: sumBytes((sizes.get(name) ?? []).map((size) => size.bytes)),
          cleanupPolicy: config.find((entry) => entry.name === 'cleanup.policy')?.value ?? null,
        },
      ];
    }),
  );
  return new Map(entries);
}

function toSummary(
  topic: TopicDescription,
  facts: Facts,
  pipelines: readonly Pick<PipelineRow, 'id' | 'name' | 'config'>[],
): TopicSummary {
  return {
    name: topic.topic,
    partitions: topic.partitions.length,
    replicationFactor: topic.partitions[0]?.replicas.length ?? 0,
    internal: isInternal(topic),
    messages: facts.messages?.toString() ?? null,
    bytes: facts.bytes?.toString() ?? null,
    cleanupPolicy: facts.cleanupPolicy,
    pipelines: topicWriters(topic.topic, pipelines).map(({ id, name }) => ({ id, name })),
  };
}

function compareBy(sort: string | undefined, facts: ReadonlyMap<string, Facts>) {
  return (a: TopicDescription, b: TopicDescription): number => {
    const byName = a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : 0;
    const [left, right] = [facts.get(a.topic), facts.get(b.topic)];
    if (sort === 'partitions') return a.partitions.length - b.partitions.length || byName;
    if (sort === 'bytes') return (left?.bytes ?? -1) - (right?.bytes ?? -1) || byName;
    if (sort === 'messages') return Number((left?.messages ?? -1n) - (right?.messages ?? -1n)) || byName;
    return byName;
  };
}

/** Kafka's own topics, and those whose name says that they belong to a program. */
function isInternal({ internal, topic }: TopicDescription): boolean {
  return internal || topic.startsWith('__');
}

/** Null when any part is unknown: a sum without it would be wrong. */
function sumBytes(sizes: readonly (number | null)[]): number | null {
  return sizes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0);
}
