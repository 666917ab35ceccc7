import type { Message } from '@sealane/contracts/api/topics';
import type { MessageRecord } from '@sealane/kafka/reader/message-record';
import { summarizeChange } from './change-summary.ts';
import { toPayload } from './payload.ts';

/** A record as the console shows it, each payload cut at `maxBytes`. */
export function serializeMessage(record: MessageRecord, maxBytes: number): Message {
  return {
    partition: record.partition,
    offset: record.offset.toString(),
    timestampMs: record.timestamp,
    key: toPayload(record.key, maxBytes),
    value: toPayload(record.value, maxBytes),
    headers: record.headers.map(({ name, value }) => ({ name, value: toPayload(value, maxBytes) })),
    change: summarizeChange(record),
  };
}
