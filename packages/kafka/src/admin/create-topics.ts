import type { KafkaSession } from '../session/kafka-session.ts';
import { protocolError, TOPIC_ALREADY_EXISTS } from '../session/protocol-error.ts';
import { createTopicsRequest } from '../wire/topic-admin.ts';
import { sendToController } from './send-to-controller.ts';
import type { TopicSpec } from './topic-types.ts';
import { waitForLeaders } from './wait-for-leaders.ts';

const TIMEOUT_MS = 30_000;

/**
 * Creates topics and waits until their partitions have leaders. One that exists is left as it is (`created: false`). Throws a
 * SealaneError for the first topic that Kafka refuses: `KAFKA_TOPIC_NOT_ALLOWED`, `KAFKA_TOPIC_INVALID`, `KAFKA_TOPIC_CONFIG_INVALID`,
 * `KAFKA_REPLICATION_TOO_LARGE`, `KAFKA_CLUSTER_NOT_ALLOWED`; topics before it in the list may have been created.
 */
export async function createTopics(
  session: KafkaSession,
  specs: readonly TopicSpec[],
): Promise<readonly { topic: string; created: boolean }[]> {
  if (specs.length === 0) return [];
  const outcomes = await sendToController(session, createTopicsRequest(specs, TIMEOUT_MS));
  const results = specs.map(({ topic }) => {
    const outcome = outcomes.find((candidate) => candidate.topic === topic);
    const errorCode = outcome?.errorCode ?? 0;
    if (errorCode !== 0 && errorCode !== TOPIC_ALREADY_EXISTS) {
      throw protocolError(errorCode, `topic ${topic}`, outcome?.errorMessage);
    }
    return { topic, created: errorCode === 0 };
  });
  const created = results.filter((result) => result.created).map((result) => result.topic);
  if (created.length > 0) await waitForLeaders(session, created);
  return results;
}
