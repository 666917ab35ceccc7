import type { ConnectorRow } from '@sealane/db/repositories/connectors';
import { listTopicPrefixes } from '@sealane/db/repositories/pipelines';
import { listTopics } from '@sealane/kafka/admin/describe-topics';
import { offsetsForTimestamp, topicWatermarks } from '@sealane/kafka/admin/watermarks';
import type { KafkaSession } from '@sealane/kafka/session/kafka-session';
import type { ConnectCall } from './connect-call.ts';

/** Topics that the connector has written to since it was created, or since its active topics were reset. */
export async function activeTopics({ services }: ConnectCall, row: ConnectorRow): Promise<string[]> {
  const { pipeline, topicsResetAt } = row;
  const session = await services.kafka.get(pipeline.cluster.id);
  const prefixes = await listTopicPrefixes(services.database, pipeline.cluster.id);
  const owned = (await listTopics(session))
    .map(({ topic }) => topic)
    .filter((topic) => ownerOf(topic, row, prefixes) === pipeline.id);
  const written = await Promise.all(owned.map((topic) => isWrittenSince(session, topic, topicsResetAt)));
  return owned.filter((_topic, index) => written[index]);
}

/** Of the pipelines whose prefix a topic has, the one with the longest wrote it. */
function ownerOf(
  topic: string,
  { pipeline }: ConnectorRow,
  prefixes: readonly { id: string; topicPrefix: string }[],
): string | null {
  const { topicHeartbeatPrefix, topicPrefix } = pipeline.config;
  if (topic === `${topicHeartbeatPrefix}.${topicPrefix}`) return pipeline.id;
  const [owner] = prefixes
    .filter((entry) => topic === entry.topicPrefix || topic.startsWith(`${entry.topicPrefix}.`))
    .sort((a, b) => b.topicPrefix.length - a.topicPrefix.length);
  return owner?.id ?? null;
}

async function isWrittenSince(session: KafkaSession, topic: string, since: Date | null): Promise<boolean> {
  const ends = await topicWatermarks(session, topic);
  if (since === null) return ends.some(({ latest }) => latest > 0n);
  const first = await offsetsForTimestamp(session, { topic, timestamp: since.getTime() });
  return first.some(({ partition, offset }) =>
    ends.some((end) => end.partition === partition && offset < end.latest),
  );
}
