import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTopics } from '../admin/create-topics.ts';
import { keyPartition } from '../partition/murmur2.ts';
import { createRecordProducer } from '../producer/create-record-producer.ts';
import { type OutgoingRecord, type ProducerCompression, QUEUE_FULL } from '../producer/record-producer.ts';
import type { MessageRecord } from '../reader/message-record.ts';
import type { ReadEvent } from '../reader/read-event.ts';
import { type ReadFrom, readMessages } from '../reader/read-messages.ts';
import { tailMessages } from '../reader/tail-messages.ts';
import { openTopicReader } from '../reader/topic-reader.ts';
import { type KafkaSession, openKafkaSession } from '../session/kafka-session.ts';
import { type ScanOptions, scanMessages } from './scan-messages.ts';

describe('reading and searching without a group', () => {
  let brokers: readonly string[];
  let session: KafkaSession;

  beforeAll(async () => {
    const { kafka } = await sharedStack(['kafka']);
    brokers = kafka.brokers;
    session = await openKafkaSession({ brokers });
  });
  afterAll(() => session?.close());

  async function fill(
    records: readonly Omit<OutgoingRecord, 'topic'>[],
    options: { partitions?: number; config?: Record<string, string>; compression?: ProducerCompression } = {},
  ): Promise<string> {
    const topic = uniqueName('scan');
    await createTopics(session, [
      { topic, partitions: options.partitions ?? 1, replicationFactor: 1, config: options.config ?? {} },
    ]);
    const producer = await createRecordProducer({
      connection: { brokers },
      compression: options.compression,
    });
    for (const record of records) {
      while (producer.produce({ topic, ...record }) === QUEUE_FULL) await producer.drained();
    }
    await producer.whenAcknowledged(records.length);
    await producer.close();
    return topic;
  }

  function search(options: Omit<ScanOptions, 'session'>) {
    return collect(scanMessages({ session, ...options }));
  }

  function read(topic: string, from: ReadFrom, limit = 1_000_000) {
    return collect(readMessages({ session, topic, from, limit }));
  }

  it.each(['none', 'gzip', 'snappy', 'lz4'] as const)(
    'finds the same matches in both directions, whatever the compression: %s',
    async (compression) => {
      const records = numbered(
        20_000,
        (n) => (n % 4_999 === 7 ? `{"n":${n},"mark":"Größe-X"}` : `{"n":${n},"fill":"${'y'.repeat(200)}"}`),
        3,
      );
      const topic = await fill(records, { compression, partitions: 3 });
      const expected = [7, 5_006, 10_005, 15_004];
      const oldest = await search({ topic, direction: 'oldest', text: 'Größe-X', limit: 100 });
      const newest = await search({ topic, direction: 'newest', text: 'Größe-X', limit: 100 });
      expect(oldest.messages.map(numberOf)).toEqual(expected);
      expect(newest.messages.map(numberOf)).toEqual(expected.toReversed());
      for (const { end } of [oldest, newest]) {
        expect(end).toMatchObject({
          reason: 'exhausted',
          progress: { scanned: 20_000, covered: 20_000, total: 20_000, matched: 4 },
        });
      }
      const ignoringCase = await search({
        topic,
        direction: 'newest',
        text: 'grÖSSE-x'.replace('SS', 'ß'),
        ignoreCase: true,
        limit: 100,
      });
      expect(ignoringCase.messages.map(numberOf)).toEqual(expected.toReversed());
    },
  );

  it('looks for the text in the key only, or in the value only, when asked', async () => {
    const topic = await fill([
      { partition: 0, key: Buffer.from('apple'), value: Buffer.from('pear') },
      { partition: 0, key: Buffer.from('pear'), value: Buffer.from('apple') },
      { partition: 0, key: Buffer.from('app'), value: Buffer.from('le') },
    ]);
    const offsets = async (scope: 'key' | 'value' | 'both') =>
      (await search({ topic, direction: 'oldest', text: 'apple', scope, limit: 10 })).messages.map(
        ({ offset }) => offset,
      );
    expect(await offsets('key')).toEqual([0n]);
    expect(await offsets('value')).toEqual([1n]);
    expect(await offsets('both')).toEqual([0n, 1n]);
  });

  it('counts matches, not scanned records, against the limit and resumes exactly where it stopped', async () => {
    const topic = await fill(
      numbered(5_000, (n) => `{"n":${n},"even":${n % 2 === 0}}`, 4),
      { partitions: 4 },
    );
    for (const direction of ['oldest', 'newest'] as const) {
      const found: number[] = [];
      let resume: ScanOptions['resume'];
      for (;;) {
        const { messages, end } = await search({ topic, direction, text: '"even":true', limit: 333, resume });
        found.push(...messages.map(numberOf));
        resume = end.next;
        if (end.reason !== 'limit') break;
        expect(messages).toHaveLength(333);
      }
      expect(found.toSorted((a, b) => a - b)).toEqual([...Array(2_500).keys()].map((n) => n * 2));
    }
  });

  it('narrows by header, time and a last word of the caller', async () => {
    const topic = await fill([
      { partition: 0, key: null, value: Buffer.from('{"op":"c"}'), headers: [['kind', 'a']] },
      { partition: 0, key: null, value: Buffer.from('{"op":"d"}'), headers: [['kind', 'b']] },
    ]);
    const all = (await read(topic, { at: 'oldest' })).messages;
    const until = all[0]?.timestamp ?? 0;
    expect(
      (await search({ topic, direction: 'newest', header: { name: 'kind', value: 'b' }, limit: 9 })).messages,
    ).toHaveLength(1);
    expect(
      (await search({ topic, direction: 'oldest', toTimestamp: until - 1, limit: 9 })).messages,
    ).toHaveLength(0);
    expect(
      (await search({ topic, direction: 'newest', fromTimestamp: until, limit: 9 })).messages,
    ).toHaveLength(2);
    const accepted = await search({
      topic,
      direction: 'oldest',
      accept: ({ value }) => value?.includes('"d"') === true,
      limit: 9,
    });
    expect(accepted.messages.map(({ offset }) => offset)).toEqual([1n]);
  });

  it('shows only committed records of transactions, in both directions', async () => {
    const topic = uniqueName('scan');
    await createTopics(session, [{ topic, partitions: 1, replicationFactor: 1 }]);
    const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ transactionalId: topic, idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    for (const [text, commit] of [
      ['kept-1', true],
      ['gone', false],
      ['kept-2', true],
    ] as const) {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [1, 2, 3].map((n) => ({ value: `${text}-${n}` })) });
      await (commit ? transaction.commit() : transaction.abort());
    }
    await producer.disconnect();
    // Kafka answers the end of a transaction before its marker stands in the partition, and only that makes the records visible.
    const recordsAndMarkers = 3 * (3 + 1);
    const reader = await openTopicReader(session, topic);
    const visible = async () => (await reader.offsets('latest')).get(0);
    await expect.poll(visible, { timeout: 10_000 }).toBe(recordsAndMarkers);
    const expected = ['kept-1-1', 'kept-1-2', 'kept-1-3', 'kept-2-1', 'kept-2-2', 'kept-2-3'];
    const forwards = await read(topic, { at: 'oldest' });
    const backwards = await read(topic, { at: 'newest' });
    expect(forwards.messages.map(({ value }) => value?.toString())).toEqual(expected);
    expect(backwards.messages.map(({ value }) => value?.toString())).toEqual(expected.toReversed());
    expect((await search({ topic, direction: 'newest', text: 'gone', limit: 9 })).messages).toEqual([]);
  });

  it('lists newest first, from an offset, from a time and by key', async () => {
    const keyed = numbered(3_000, (n) => `{"n":${n}}`).map(({ value }, n) => {
      const key = Buffer.from(`k${n % 10}`);
      return { key, value, partition: keyPartition(key, 3) };
    });
    const topic = await fill(keyed, { partitions: 3 });
    const newest = await read(topic, { at: 'newest' }, 50);
    expect(newest.messages).toHaveLength(50);
    expect(newest.messages.map(({ timestamp }) => timestamp)).toEqual(
      newest.messages.map(({ timestamp }) => timestamp).toSorted((a, b) => b - a),
    );
    expect(Math.max(...newest.messages.map(numberOf))).toBe(2_999);
    const from = await collect(
      readMessages({ session, topic, partitions: [1], from: { at: 'offset', offset: 5n }, limit: 2 }),
    );
    expect(from.messages.map(({ partition, offset }) => [partition, offset])).toEqual([
      [1, 5n],
      [1, 6n],
    ]);
    const since = newest.messages.at(-1)?.timestamp ?? 0;
    const timed = await read(topic, { at: 'timestamp', timestamp: since });
    expect(timed.messages.every(({ timestamp }) => timestamp >= since)).toBe(true);
    const byKey = await collect(
      readMessages({ session, topic, from: { at: 'oldest' }, key: Buffer.from('k3'), limit: 1_000 }),
    );
    expect(byKey.messages.map(numberOf)).toEqual([...Array(300).keys()].map((n) => n * 10 + 3));
  });

  it('walks backwards over gaps, records of very different size and batches of one record', async () => {
    const sizes = (n: number) => (n % 97 === 0 ? 300_000 : n % 7);
    const topic = await fill(numbered(400, (n) => `{"n":${n},"fill":"${'z'.repeat(sizes(n))}"}`));
    const newest = await read(topic, { at: 'newest' });
    expect(newest.messages.map(numberOf)).toEqual([...Array(400).keys()].toReversed());
  });

  it('ends when it is told to, and says where it stopped', async () => {
    const topic = await fill(numbered(100, (n) => `{"n":${n}}`));
    const signal = AbortSignal.abort();
    const { end, messages } = await search({ topic, direction: 'newest', text: 'absent', limit: 5, signal });
    expect(messages).toEqual([]);
    expect(end).toMatchObject({ reason: 'aborted', next: [{ partition: 0, offset: 100n }] });
  });

  it('ends at once on an empty topic and names a missing one', async () => {
    const topic = await fill([]);
    expect((await read(topic, { at: 'newest' })).end).toMatchObject({
      reason: 'exhausted',
      progress: { total: 0 },
    });
    await expect(read(uniqueName('missing'), { at: 'newest' })).rejects.toMatchObject({
      code: 'KAFKA_TOPIC_UNKNOWN',
    });
  });

  it('tails what arrives and counts what it drops', async () => {
    const topic = await fill(numbered(10, (n) => `{"n":${n}}`));
    const abort = new AbortController();
    const batches = tailMessages({
      session,
      topic,
      intervalMs: 20,
      maxPerBatch: 5,
      from: [{ partition: 0, offset: 0n }],
      signal: abort.signal,
    });
    const first = await batches.next();
    expect(first.value).toMatchObject({ dropped: 5, next: [{ partition: 0, offset: 10n }] });
    expect(first.value?.messages.map(numberOf)).toEqual([5, 6, 7, 8, 9]);
    abort.abort();
    expect((await batches.next()).done).toBe(true);
  });
});

async function collect(events: AsyncGenerator<ReadEvent>) {
  const messages: MessageRecord[] = [];
  let end: Extract<ReadEvent, { tag: 'end' }> | undefined;
  for await (const event of events) {
    if (event.tag === 'messages') messages.push(...event.messages);
    if (event.tag === 'end') end = event;
  }
  if (end === undefined) throw new Error('A read must end with an end event.');
  return { messages, end };
}

/** Records keyed and spread over partitions by their number. */
function numbered(
  count: number,
  value: (n: number) => string,
  partitions = 1,
): Omit<OutgoingRecord, 'topic'>[] {
  return Array.from({ length: count }, (_, n) => ({
    partition: n % partitions,
    key: Buffer.from(String(n)),
    value: Buffer.from(value(n)),
  }));
}

function numberOf({ value }: MessageRecord): number {
  return Number(/"n":(\d+)/.exec(value?.toString() ?? '')?.[1]);
}
