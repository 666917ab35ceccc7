import type { PipelineConfig } from './pipeline-config.ts';

const FORBIDDEN = /[^A-Za-z0-9._-]/g;
const LONGEST = 249;

/** The settings that name topics. */
export type TopicNaming = Pick<
  PipelineConfig,
  'topicPrefix' | 'topicDelimiter' | 'topicTransaction' | 'topicHeartbeatPrefix' | 'topicHeartbeatName'
>;

/** `<prefix>.<db>.<table>` with every character that a topic name may not have as `_`, cut to Kafka's 249. */
export function tableTopic(
  naming: TopicNaming,
  { database, table }: { database: string; table: string },
): string {
  const parts = [naming.topicPrefix, database, table];
  return parts.join(naming.topicDelimiter).replace(FORBIDDEN, '_').slice(0, LONGEST);
}

/** Topic of the transaction metadata. */
export function transactionTopic({ topicPrefix, topicDelimiter, topicTransaction }: TopicNaming): string {
  return `${topicPrefix}${topicDelimiter}${topicTransaction}`;
}

/** Topic of the heartbeats. */
export function heartbeatTopic(naming: TopicNaming): string {
  const { topicPrefix, topicDelimiter, topicHeartbeatPrefix, topicHeartbeatName } = naming;
  return topicHeartbeatName ?? `${topicHeartbeatPrefix}${topicDelimiter}${topicPrefix}`;
}

/** Topic of the schema history: the one that is named, else `<prefix>-schema-history`. */
export function schemaHistoryTopic({
  topicPrefix,
  schemaHistoryTopic,
}: Pick<PipelineConfig, 'topicPrefix' | 'schemaHistoryTopic'>): string {
  return schemaHistoryTopic ?? `${topicPrefix}-schema-history`;
}
