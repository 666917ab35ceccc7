import type { KafkaSession } from '../session/kafka-session.ts';
import { protocolError } from '../session/protocol-error.ts';
import type { TopicMetadata } from '../wire/metadata.ts';
import { describeConfigsRequest, TOPIC_CONFIG_SOURCE } from '../wire/topic-admin.ts';
import type { TopicConfigEntry, TopicDescription } from './topic-types.ts';

/** Every topic that the user may see, by name. A partition without a leader has leader -1. */
export async function listTopics(session: KafkaSession): Promise<readonly TopicDescription[]> {
  const { topics } = await session.metadata(null);
  return topics
    .filter(({ errorCode }) => errorCode === 0)
    .map(toDescription)
    .sort(byName);
}

/** The named topics, in the order given. Throws `KAFKA_TOPIC_UNKNOWN` or `KAFKA_TOPIC_NOT_ALLOWED`. */
export async function describeTopics(
  session: KafkaSession,
  names: readonly string[],
): Promise<readonly TopicDescription[]> {
  if (names.length === 0) return [];
  const { topics } = await session.metadata(names);
  return names.map((name) => {
    const found = topics.find(({ topic }) => topic === name);
    if (found === undefined || found.errorCode !== 0)
      throw protocolError(found?.errorCode ?? 3, `topic ${name}`);
    return toDescription(found);
  });
}

/** Every setting of a topic, by name, with its effective value. */
export async function describeTopicConfig(
  session: KafkaSession,
  topic: string,
): Promise<readonly TopicConfigEntry[]> {
  const answers = await session.sendToAny(describeConfigsRequest([topic]));
  return answers
    .flatMap(({ errorCode, errorMessage, entries }) => {
      if (errorCode !== 0) throw protocolError(errorCode, `topic ${topic}`, errorMessage);
      return entries;
    })
    .map(({ name, value, source, sensitive }) => ({
      name,
      value: sensitive ? null : value,
      isDefault: source !== TOPIC_CONFIG_SOURCE,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function toDescription({ topic, internal, partitions }: TopicMetadata): TopicDescription {
  return {
    topic,
    internal,
    partitions: partitions
      .map(({ partition, leader, replicas, inSyncReplicas }) => ({
        partition,
        leader,
        replicas,
        inSyncReplicas,
      }))
      .sort((a, b) => a.partition - b.partition),
  };
}

function byName(a: TopicDescription, b: TopicDescription): number {
  return a.topic.localeCompare(b.topic);
}
