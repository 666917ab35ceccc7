import { randomUUID } from 'node:crypto';
import { SealaneError } from '@sealane/errors/sealane-error';
import { type Batch, type IHeaders, Kafka, type KafkaMessage, logLevel } from 'kafkajs';
import type { SeenRecord, TopicRecords } from './topic-records.ts';

const TIMEOUT_MS = 60_000;
/** Topics of the engines' own, which no consumer of changes reads. */
const INTERNAL = /-(history|offsets)$/;

/** Reads everything in the topics of a prefix, with a plain consumer. */
export async function readTopics(brokers: readonly string[], prefix: string): Promise<TopicRecords> {
  const kafka = new Kafka({
    clientId: 'sealane-differential',
    brokers: [...brokers],
    logLevel: logLevel.ERROR,
  });
  const admin = kafka.admin();
  await admin.connect();
  try {
    const isOurs = (topic: string) =>
      (topic === prefix || topic.startsWith(`${prefix}.`)) && !INTERNAL.test(topic);
    const topics = (await admin.listTopics()).filter(isOurs).sort();
    const wanted = new Map<string, Unread>();
    for (const topic of topics) {
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
        if (high !== low) wanted.set(`${topic}:${partition}`, { next: Number(low), end: Number(high) });
      }
    }
    const found = new Map<string, SeenRecord[]>(topics.map((topic) => [topic, []]));
    if (wanted.size > 0) await consume(kafka, { prefix, wanted, found });
    return new Map([...found].map(([topic, records]) => [topic.slice(prefix.length), records]));
  } finally {
    await admin.disconnect();
  }
}

/** What is still to be read of a partition: `next` is the offset that must come now. */
interface Unread {
  next: number;
  readonly end: number;
}

interface Reading {
  readonly prefix: string;
  readonly wanted: Map<string, Unread>;
  readonly found: Map<string, SeenRecord[]>;
}

/** Consumes until every partition was read up to its wanted end, offset by offset: a record passed over is no record missing. */
async function consume(kafka: Kafka, reading: Reading): Promise<void> {
  const { wanted, found } = reading;
  const consumer = kafka.consumer({
    groupId: `differential-${randomUUID()}`,
    minBytes: 1,
    maxWaitTimeInMs: 100,
  });
  await consumer.connect();
  let timer: NodeJS.Timeout | undefined;
  try {
    await consumer.subscribe({ topics: [...found.keys()], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(unread([...wanted.keys()])), TIMEOUT_MS);
      consumer
        .run({
          autoCommit: false,
          eachBatch: async ({ batch }) => {
            try {
              takeBatch(batch, reading);
              if (wanted.size === 0) resolve();
            } catch (thrown) {
              // Thrown here, it would make the consumer read the batch again.
              reject(thrown);
            }
          },
        })
        .catch(reject);
    });
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
  }
}

function takeBatch(batch: Batch, { prefix, wanted, found }: Reading): void {
  const { topic, partition, messages } = batch;
  const name = `${topic}:${partition}`;
  const unread = wanted.get(name);
  if (unread !== undefined) follow(name, unread, batch);
  for (const message of messages) found.get(topic)?.push(seen(message, { partition, prefix }));
  if (Number(batch.lastOffset()) + 1 >= (unread?.end ?? 0)) wanted.delete(name);
}

/** Moves `next` past a batch. Throws when records were passed over; a single offset may be the marker of a transaction's end. */
function follow(partition: string, unread: Unread, { messages }: Batch): void {
  for (const { offset } of messages) {
    const isMarkerBefore = unread.next > 0 && Number(offset) === unread.next + 1;
    if (Number(offset) !== unread.next && !isMarkerBefore) throw passedOver(partition, unread, offset);
    unread.next = Number(offset) + 1;
  }
}

function seen(
  { key, value, headers }: KafkaMessage,
  { partition, prefix }: { partition: number; prefix: string },
): SeenRecord {
  return {
    partition,
    key: withoutPrefix(key, prefix),
    value: withoutPrefix(value, prefix),
    headers: textHeaders(headers ?? {}, prefix),
  };
}

/** Schemas are named after the prefix, as it is or as `schema.name.adjustment.mode` makes it. */
function withoutPrefix(body: Buffer | null, prefix: string): Buffer | null {
  if (body === null) return null;
  const forms = [prefix, prefix.replaceAll('-', '_'), prefix.replaceAll('-', '_u002d')];
  return Buffer.from(
    forms.reduce((text, form) => text.replaceAll(`"${form}.`, '"<prefix>.'), body.toString('utf8')),
  );
}

/** The prefix, which the engines cannot share, is left out of the values. */
function textHeaders(headers: IHeaders, prefix: string): [string, string][] {
  return Object.entries(headers)
    .map(([name, value]): [string, string] => [name, String(Array.isArray(value) ? value.join() : value)])
    .map(([name, text]): [string, string] => [name, text === prefix ? '<prefix>' : text])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function passedOver(partition: string, { next }: Unread, offset: string): SealaneError {
  return new SealaneError({
    code: 'DIFFERENTIAL_PASSED_OVER',
    message: `The consumer of ${partition} gave offset ${offset} where ${next} was next.`,
  });
}

function unread(partitions: readonly string[]): SealaneError {
  return new SealaneError({
    code: 'DIFFERENTIAL_UNREAD',
    message: `Not read within ${TIMEOUT_MS / 1000} s: ${partitions.join(', ')}.`,
  });
}
