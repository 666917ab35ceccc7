import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import { heartbeatTopic, schemaHistoryTopic, transactionTopic } from '@sealane/contracts/topic-names';

/** The pipelines that name a topic in their settings, else the one of the longest prefix that the topic has. */
export function topicWriters<T extends { config: PipelineConfig }>(
  topic: string,
  pipelines: readonly T[],
): readonly T[] {
  const naming = pipelines.filter(({ config }) => namedTopics(config).includes(topic));
  if (naming.length > 0) return naming;
  return pipelines
    .filter(({ config }) => topic.startsWith(tablePrefix(config)))
    .sort((a, b) => tablePrefix(b.config).length - tablePrefix(a.config).length)
    .slice(0, 1);
}

function namedTopics(config: PipelineConfig): string[] {
  const schemaChangeTopic = config.topicPrefix;
  return [schemaChangeTopic, transactionTopic(config), heartbeatTopic(config), schemaHistoryTopic(config)];
}

function tablePrefix({ topicPrefix, topicDelimiter }: PipelineConfig): string {
  return `${topicPrefix}${topicDelimiter}`;
}
