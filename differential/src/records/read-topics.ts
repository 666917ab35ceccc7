import { randomUUID } from 'node:crypto';
import { SealaneError } from '@sealane/errors/sealane-error';
import { type IHeaders, Kafka, type KafkaMessage, logLevel } from 'kafkajs';
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
    const wanted = new Map<string, number>();
    for (const topic of topics) {
      for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
        if (high !== '0') wanted.set(`${topic}:${partition}`, Number(high));
      }
    }
    const found = new Map<string, SeenRecord[]>(topics.map((topic) => [topic, []]));
    if (wanted.size > 0) await consume(kafka, { prefix, wanted, found });
    return new Map([...found].map(([topic, records]) => [topic.slice(prefix.length), records]));
  } finally {
    await admin.disconnect();
  }
}

/** Consumes until every partition was read up to its wanted end. */
async function consume(
  kafka: Kafka,
  {
    prefix,
    wanted,
    found,
  }: { prefix: string; wanted: Map<string, number>; found: Map<string, SeenRecord[]> },
): Promise<void> {
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
            for (const message of batch.messages)
              found.get(batch.topic)?.push(seen(message, { partition: batch.partition, prefix }));
            const name = `${batch.topic}:${batch.partition}`;
            if (Number(batch.lastOffset()) + 1 >= (wanted.get(name) ?? 0)) wanted.delete(name);
            if (wanted.size === 0) resolve();
          },
        })
        .catch(reject);
    });
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
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

function unread(partitions: readonly string[]): SealaneError {
  return new SealaneError({
    code: 'DIFFERENTIAL_UNREAD',
    message: `Not read within ${TIMEOUT_MS / 1000} s: ${partitions.join(', ')}.`,
  });
}
