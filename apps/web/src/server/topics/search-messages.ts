import type { MessageEvent, messageQuerySchema } from '@sealane/contracts/api/topics';
import { SealaneError } from '@sealane/errors/sealane-error';
import { keyPartition } from '@sealane/kafka/partition/murmur2';
import type { MessageRecord } from '@sealane/kafka/reader/message-record';
import type { ReadEvent } from '@sealane/kafka/reader/read-event';
import type { ReadProgress } from '@sealane/kafka/reader/read-progress';
import { openTopicReader } from '@sealane/kafka/reader/topic-reader';
import { planScan } from '@sealane/kafka/scan/plan-scan';
import { compileFilter } from '@sealane/kafka/scan/record-filter';
import { runScan } from '@sealane/kafka/scan/run-scan';
import type { KafkaSession } from '@sealane/kafka/session/kafka-session';
import type { z } from 'zod';
import { isOperation } from './change-summary.ts';
import { LIST_PAYLOAD_BYTES } from './payload.ts';
import { decodeResume, encodeResume } from './resume-token.ts';
import { serializeMessage } from './serialize-message.ts';

export type MessageSearch = z.output<typeof messageQuerySchema>;

const PROGRESS_EVERY_MS = 500;

/**
 * Starts a search and returns its events. Throws before the first event when topic, partition or query is wrong; ends
 * soon after the signal aborts.
 */
export async function searchMessages(
  session: KafkaSession,
  search: MessageSearch,
  signal: AbortSignal,
): Promise<AsyncGenerator<MessageEvent>> {
  const reader = await openTopicReader(session, search.topic);
  const resume = search.resume === undefined ? null : decodeResume(search.resume);
  const direction = resume?.direction ?? (search.from === 'newest' ? 'newest' : 'oldest');
  const plan = await planScan(
    {
      session,
      topic: search.topic,
      partitions: wantedPartitions(search, reader.partitions.length),
      direction,
      filter: compileFilter({
        text: search.search,
        ignoreCase: search.ignoreCase,
        key: search.key === undefined ? undefined : Buffer.from(search.key),
        fromTimestamp: search.fromTime,
        toTimestamp: search.toTime,
        accept: (record) => acceptsRecord(search, record),
      }),
      limit: search.limit,
      fromOffset: search.from === 'offset' ? offsetOf(search) : undefined,
      fromTimestamp: search.fromTime,
      toTimestamp: search.toTime,
      resume: resume?.next,
      signal,
    },
    reader,
  );
  return toMessageEvents(runScan(plan), direction);
}

/** The conditions that only a decoded record can tell. */
export function acceptsRecord(search: MessageSearch, record: MessageRecord): boolean {
  if (search.hideTombstones && record.value === null) return false;
  return search.op === undefined || isOperation(record, search.op);
}

/** One partition when it is named, or when a key decides it as the Java client does; else all. */
export function wantedPartitions(search: MessageSearch, partitions: number): readonly number[] | undefined {
  if (search.partition !== undefined) return [search.partition];
  return search.key === undefined ? undefined : [keyPartition(Buffer.from(search.key), partitions)];
}

async function* toMessageEvents(
  events: AsyncIterable<ReadEvent>,
  direction: 'newest' | 'oldest',
): AsyncGenerator<MessageEvent> {
  let progressAt = 0;
  for await (const event of events) {
    if (event.tag === 'messages') {
      const messages = event.messages.map((record) => serializeMessage(record, LIST_PAYLOAD_BYTES));
      yield { kind: 'messages', messages, dropped: 0 };
    } else if (event.tag === 'end') {
      yield toProgress(event.progress);
      const resume = event.reason === 'exhausted' ? null : encodeResume({ direction, next: event.next });
      yield { kind: 'done', reason: event.reason === 'exhausted' ? 'end' : event.reason, resume };
    } else if (performance.now() - progressAt >= PROGRESS_EVERY_MS) {
      progressAt = performance.now();
      yield toProgress(event.progress);
    }
  }
}

function toProgress(progress: ReadProgress): MessageEvent {
  const { scanned, total, matched, bytes, elapsedMs, etaMs } = progress;
  return { kind: 'progress', scanned, total, matched, bytes, elapsedMs, etaMs };
}

function offsetOf(search: MessageSearch): bigint {
  if (search.offset !== undefined) return BigInt(search.offset);
  throw new SealaneError({
    code: 'VALIDATION_FAILED',
    message: 'An offset to start from is missing.',
    remedy: 'Send offset=<number> with from=offset.',
    fields: [{ path: 'offset', message: 'Required with from=offset' }],
  });
}
