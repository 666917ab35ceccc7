import type { KafkaSession } from '../session/kafka-session.ts';
import { protocolError } from '../session/protocol-error.ts';
import { deleteTopicsRequest } from '../wire/topic-admin.ts';
import { sendToController } from './send-to-controller.ts';

const TIMEOUT_MS = 30_000;
const UNKNOWN_TOPIC = 3;

/** Deletes topics with everything in them; one that does not exist is passed over. */
export async function deleteTopics(session: KafkaSession, topics: readonly string[]): Promise<void> {
  if (topics.length === 0) return;
  const outcomes = await sendToController(session, deleteTopicsRequest(topics, TIMEOUT_MS));
  for (const { topic, errorCode, errorMessage } of outcomes) {
    if (errorCode !== 0 && errorCode !== UNKNOWN_TOPIC)
      throw protocolError(errorCode, `topic ${topic}`, errorMessage);
  }
}
