import { setTimeout as delay } from 'node:timers/promises';
import type { KafkaSession } from '../session/kafka-session.ts';
import type { TopicOutcome } from '../wire/topic-admin.ts';
import type { WireRequest } from '../wire/wire-codec.ts';

const NOT_CONTROLLER = 41;
const ATTEMPTS = 5;
const PAUSE_MS = 300;

/** Sends an administrative request to the controller, again when it has just moved. */
export async function sendToController(
  session: KafkaSession,
  request: WireRequest<readonly TopicOutcome[]>,
): Promise<readonly TopicOutcome[]> {
  for (let attempt = 1; ; attempt++) {
    const { controllerId } = await session.metadata([]);
    const outcomes =
      controllerId < 0 ? await session.sendToAny(request) : await session.sendTo(controllerId, request);
    const moved = outcomes.some(({ errorCode }) => errorCode === NOT_CONTROLLER);
    if (!moved || attempt === ATTEMPTS) return outcomes;
    await delay(PAUSE_MS);
  }
}
