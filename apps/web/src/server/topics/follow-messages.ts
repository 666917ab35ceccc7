import type { MessageEvent } from '@sealane/contracts/api/topics';
import type { MessageRecord } from '@sealane/kafka/reader/message-record';
import { tailMessages } from '@sealane/kafka/reader/tail-messages';
import { openTopicReader } from '@sealane/kafka/reader/topic-reader';
import type { KafkaSession } from '@sealane/kafka/session/kafka-session';
import { LIST_PAYLOAD_BYTES } from './payload.ts';
import { acceptsRecord, type MessageSearch, wantedPartitions } from './search-messages.ts';
import { serializeMessage } from './serialize-message.ts';

/** Also tells a server-side reader whose client left without a word: the next write fails. */
const PROGRESS_EVERY_MS = 2000;

/** Follows a topic from now on, oldest first, until the signal aborts. Throws first when the topic is wrong. */
export async function followMessages(
  session: KafkaSession,
  search: MessageSearch,
  signal: AbortSignal,
): Promise<AsyncGenerator<MessageEvent>> {
  const { partitions } = await openTopicReader(session, search.topic);
  const options = {
    session,
    topic: search.topic,
    partitions: wantedPartitions(search, partitions.length),
    signal,
  };
  return follow(options, search);
}

async function* follow(
  options: Parameters<typeof tailMessages>[0],
  search: MessageSearch,
): AsyncGenerator<MessageEvent> {
  const started = performance.now();
  let [scanned, matched, bytes, progressAt] = [0, 0, 0, 0];
  for await (const { messages, dropped } of tailMessages(options)) {
    const wanted = messages.filter((record) => matches(search, record));
    scanned += messages.length + dropped;
    matched += wanted.length;
    bytes += messages.reduce((sum, record) => sum + record.keyBytes + record.valueBytes, 0);
    if (wanted.length > 0 || dropped > 0) {
      yield {
        kind: 'messages',
        messages: wanted.map((record) => serializeMessage(record, LIST_PAYLOAD_BYTES)),
        dropped,
      };
    }
    const elapsedMs = performance.now() - started;
    if (elapsedMs - progressAt >= PROGRESS_EVERY_MS) {
      progressAt = elapsedMs;
      yield { kind: 'progress', scanned, total: null, matched, bytes, elapsedMs, etaMs: null };
    }
  }
  yield { kind: 'done', reason: 'aborted', resume: null };
}

function matches(search: MessageSearch, record: MessageRecord): boolean {
  if (search.key !== undefined && record.key?.equals(Buffer.from(search.key)) !== true) return false;
  const { search: text = '' } = search;
  if (text !== '' && !contains(record.key, search) && !contains(record.value, search)) return false;
  return acceptsRecord(search, record);
}

function contains(bytes: Buffer | null, { search: text = '', ignoreCase }: MessageSearch): boolean {
  if (bytes === null) return false;
  return ignoreCase
    ? bytes.toString('utf8').toLowerCase().includes(text.toLowerCase())
    : bytes.includes(text);
}
