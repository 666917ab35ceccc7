import { setTimeout as delay } from 'node:timers/promises';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { KafkaSession } from '../session/kafka-session.ts';

const ATTEMPTS = 100;
const PAUSE_MS = 50;

/** Waits up to five seconds until every partition of the topics has a leader that clients can see. */
export async function waitForLeaders(session: KafkaSession, topics: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { topics: described } = await session.metadata(topics);
    const led = described.filter(
      ({ errorCode, partitions }) =>
        errorCode === 0 && partitions.length > 0 && partitions.every(({ leader }) => leader >= 0),
    );
    if (led.length === topics.length) return;
    await delay(PAUSE_MS);
  }
  throw new SealaneError({
    code: 'KAFKA_TOPIC_WITHOUT_LEADER',
    message: 'A new topic got no leader.',
    why: `${topics.join(', ')}: not every partition has a leader after ${(ATTEMPTS * PAUSE_MS) / 1_000} s.`,
    remedy: 'Check that the brokers of the cluster are up.',
    retriable: true,
  });
}
