import { schemaHistoryTopic } from '@sealane/contracts/topic-names';
import type { ConnectorRow } from '@sealane/db/repositories/connectors';
import { listPipelinesOfCluster } from '@sealane/db/repositories/pipelines';
import { listTopics } from '@sealane/kafka/admin/describe-topics';
import { offsetsForTimestamp, topicWatermarks } from '@sealane/kafka/admin/watermarks';
import type { KafkaSession } from '@sealane/kafka/session/kafka-session';
import { topicWriters } from '../topics/topic-writers.ts';
import type { ConnectCall } from './connect-call.ts';

/**
 * Topics that the connector has written to since it was created, or since its active topics were reset. As in Connect, the schema
 * history is none of them: it is the connector's own store.
 */
export async function activeTopics({ services }: ConnectCall, row: ConnectorRow): Promise<string[]> {
  const { pipeline, topicsResetAt } = row;
  const session = await services.kafka.get(pipeline.cluster.id);
  const pipelines = await listPipelinesOfCluster(services.database, pipeline.cluster.id);
  const owned = (await listTopics(session))
    .map(({ topic }) => topic)
    .filter((topic) => topic !== schemaHistoryTopic(pipeline.config))
    .filter((topic) => topicWriters(topic, pipelines).some(({ id }) => id === pipeline.id));
  const written = await Promise.all(owned.map((topic) => isWrittenSince(session, topic, topicsResetAt)));
  return owned.filter((_topic, index) => written[index]);
}

async function isWrittenSince(session: KafkaSession, topic: string, since: Date | null): Promise<boolean> {
  const ends = await topicWatermarks(session, topic);
  if (since === null) return ends.some(({ latest }) => latest > 0n);
  const first = await offsetsForTimestamp(session, { topic, timestamp: since.getTime() });
  return first.some(({ partition, offset }) =>
    ends.some((end) => end.partition === partition && offset < end.latest),
  );
}
