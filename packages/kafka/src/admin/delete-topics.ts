import { setTimeout as delay } from 'node:timers/promises';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { KafkaSession } from '../session/kafka-session.ts';
import { protocolError } from '../session/protocol-error.ts';
import { deleteTopicsRequest } from '../wire/topic-admin.ts';
import { sendToController } from './send-to-controller.ts';

const TIMEOUT_MS = 30_000;
const UNKNOWN_TOPIC = 3;
const TOPIC_AUTHORIZATION_FAILED = 29;
const ATTEMPTS = 100;
const PAUSE_MS = 50;

/**
 * Deletes topics with everything in them; one that does not exist is passed over. Returns when clients no longer see them, which is a
 * moment after the controller has answered; throws `KAFKA_TOPIC_STILL_THERE` where that takes longer than five seconds.
 */
export async function deleteTopics(session: KafkaSession, topics: readonly string[]): Promise<void> {
  if (topics.length === 0) return;
  const outcomes = await sendToController(session, deleteTopicsRequest(topics, TIMEOUT_MS));
  for (const { topic, errorCode, errorMessage } of outcomes) {
    if (errorCode !== 0 && errorCode !== UNKNOWN_TOPIC)
      throw protocolError(errorCode, `topic ${topic}`, errorMessage);
  }
  await waitUntilGone(session, topics);
}

async function waitUntilGone(session: KafkaSession, topics: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { topics: described } = await session.metadata(topics);
    if (described.every(({ errorCode }) => isHidden(errorCode))) return;
    await delay(PAUSE_MS);
  }
  throw new SealaneError({
    code: 'KAFKA_TOPIC_STILL_THERE',
    message: 'A deleted topic can still be seen.',
    why: `The controller accepted the deletion of ${topics.join(', ')}; a broker still lists it after ${(ATTEMPTS * PAUSE_MS) / 1_000} s.`,
    remedy:
      'Look again in a moment. If it stays, a client may be creating it anew by writing to it, or a broker may not reach its controller.',
    retriable: true,
  });
}

/** What may be deleted need not be readable. */
function isHidden(errorCode: number): boolean {
  return errorCode === UNKNOWN_TOPIC || errorCode === TOPIC_AUTHORIZATION_FAILED;
}
