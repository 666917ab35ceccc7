import { randomUUID } from 'node:crypto';
import { SealaneError } from '@sealane/errors/sealane-error';
import { type Consumer, Kafka, logLevel } from 'kafkajs';
import type { TopicRecord } from './topic-record.ts';

/** Neighbouring records of a topic's only partition. */
export interface RecordRange {
  offset: number;
  count: number;
}

const TIMEOUT_MS = 30_000;

/**
 * Reads ranges of a topic, each in full, in the order given. A plain consumer, so that our reader is no judge of our
 * own records. Throws when a record does not come.
 */
export async function readRanges(
  brokers: string[],
  topic: string,
  ranges: readonly RecordRange[],
): Promise<TopicRecord[][]> {
  const kafka = new Kafka({ clientId: 'sealane-bench', brokers, logLevel: logLevel.ERROR });
  const consumer = kafka.consumer({ groupId: `bench-${randomUUID()}`, minBytes: 1, maxWaitTimeInMs: 100 });
  await consumer.connect();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unread(topic)), TIMEOUT_MS);
  });
  try {
    return await Promise.race([collect(consumer, topic, ranges), timeout]);
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
  }
}

async function collect(
  consumer: Consumer,
  topic: string,
  ranges: readonly RecordRange[],
): Promise<TopicRecord[][]> {
  const found: TopicRecord[][] = ranges.map(() => []);
  const seek = (offset: number): void => consumer.seek({ topic, partition: 0, offset: String(offset) });
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    let current = 0;
    consumer
      .run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: async ({ batch, resolveOffset }) => {
          const range = ranges[current];
          const list = found[current];
          if (range === undefined || list === undefined) return;
          const end = range.offset + range.count;
          for (const { offset, timestamp, key, value } of batch.messages) {
            if (Number(offset) < range.offset + list.length || Number(offset) >= end) continue;
            list.push({ timestamp: Number(timestamp), key, value });
          }
          resolveOffset(batch.lastOffset());
          if (list.length < range.count) return;
          current += 1;
          const next = ranges[current];
          if (next === undefined) resolve();
          else seek(next.offset);
        },
      })
      .catch(reject);
    seek(ranges[0]?.offset ?? 0);
  });
  return found;
}

function unread(topic: string): SealaneError {
  const message = `Records of ${topic} did not come within ${TIMEOUT_MS / 1000} s.`;
  return new SealaneError({ code: 'BENCH_RECORDS_MISSING', message });
}
