import type { Message } from '@sealane/contracts/api/topics';
import { readMessages } from '@sealane/kafka/reader/read-messages';
import { operations } from '../context.ts';
import { notFound } from '../http/not-found.ts';
import type { Services } from '../services.ts';
import { describeTopic, listTopicPage } from './describe-topic.ts';
import { followMessages } from './follow-messages.ts';
import { searchMessages } from './search-messages.ts';
import { serializeMessage } from './serialize-message.ts';

const WHOLE_PAYLOAD_BYTES = 32 * 1024 * 1024;

const os = operations.topics;

export const topicsRouter = {
  list: os.list.handler(async ({ input, context }) => {
    const { items, total } = await listTopicPage(context.services, input);
    return { items, total, page: input.page, pageSize: input.pageSize };
  }),
  get: os.get.handler(({ input, context }) => describeTopic(context.services, input.clusterId, input.topic)),
  messages: os.messages.handler(async ({ input, context, signal = new AbortController().signal }) => {
    const session = await context.services.kafka.get(input.clusterId);
    return input.from === 'live'
      ? followMessages(session, input, signal)
      : searchMessages(session, input, signal);
  }),
  message: os.message.handler(({ input, context }) => readMessage(context.services, input)),
};

/** One message with its payloads whole. Throws `NOT_FOUND` when retention or compaction took it. */
async function readMessage(
  services: Services,
  at: { clusterId: string; topic: string; partition: number; offset: string },
): Promise<Message> {
  const session = await services.kafka.get(at.clusterId);
  const offset = BigInt(at.offset);
  const events = readMessages({
    session,
    topic: at.topic,
    partitions: [at.partition],
    from: { at: 'offset', offset },
    limit: 1,
  });
  for await (const event of events) {
    const record = event.tag === 'messages' ? event.messages[0] : undefined;
    if (record !== undefined && record.offset === offset)
      return serializeMessage(record, WHOLE_PAYLOAD_BYTES);
  }
  throw notFound('message', `${at.topic}[${at.partition}]@${at.offset}`);
}
