import { setTimeout as delay } from 'node:timers/promises';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { KafkaSession } from '../session/kafka-session.ts';
import { STALE_METADATA_CODES } from '../session/protocol-error.ts';
import { LATEST, listOffsetsRequest } from '../wire/list-offsets.ts';
import type { TopicMetadata } from '../wire/metadata.ts';

const ATTEMPTS = 100;
const PAUSE_MS = 50;

/**
 * Waits up to five seconds until every partition of the topics has a leader that clients can see and that answers for it. A broker is
 * named the leader a moment before it is: it then refuses a first record and takes the next one, whatever its sequence number, and
 * librdkafka takes that for an acknowledgement of both.
 */
export async function waitForLeaders(
  session: Pick<KafkaSession, 'metadata' | 'sendTo'>,
  topics: readonly string[],
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { topics: described } = await session.metadata(topics);
    const led = await Promise.all(described.map((topic) => isLed(session, topic)));
    if (led.filter(Boolean).length === topics.length) return;
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

/** Any answer of a leader will do that is not about leadership: what the user may not read, it may still write. */
async function isLed(
  session: Pick<KafkaSession, 'sendTo'>,
  { topic, errorCode, partitions }: TopicMetadata,
): Promise<boolean> {
  if (errorCode !== 0 || partitions.length === 0 || partitions.some(({ leader }) => leader < 0)) return false;
  const leaders = new Set(partitions.map(({ leader }) => leader));
  const answers = await Promise.all(
    [...leaders].map((leader) => {
      const led = partitions.filter((candidate) => candidate.leader === leader);
      const numbers = led.map(({ partition }) => partition);
      return session.sendTo(leader, listOffsetsRequest(topic, numbers, LATEST));
    }),
  );
  return answers.flat().every((answer) => !STALE_METADATA_CODES.has(answer.errorCode));
}
