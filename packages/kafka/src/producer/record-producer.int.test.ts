import { setTimeout as delay } from 'node:timers/promises';
import type { SealaneError } from '@sealane/errors/sealane-error';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTopics } from '../admin/create-topics.ts';
import type { ClusterConnection } from '../cluster-connection.ts';
import type { MessageRecord } from '../reader/message-record.ts';
import { readMessages } from '../reader/read-messages.ts';
import { type KafkaSession, openKafkaSession } from '../session/kafka-session.ts';
import { createRecordProducer } from './create-record-producer.ts';
import {
  type OutgoingRecord,
  QUEUE_FULL,
  type RecordHeaders,
  type RecordProducer,
  type RecordProducerOptions,
} from './record-producer.ts';

/** The one conformance suite of the port: what every adapter must do, on a real broker. */
describe.each(['rdkafka', 'kafkajs'] as const)('RecordProducer by %s', (adapter) => {
  let connection: ClusterConnection;
  let session: KafkaSession;
  const open = new Set<RecordProducer>();

  beforeAll(async () => {
    const { kafka } = await sharedStack(['kafka']);
    connection = { brokers: kafka.brokers };
    session = await openKafkaSession(connection);
  });

  afterAll(async () => {
    await Promise.allSettled([...open].map((producer) => producer.close({ timeoutMs: 0 })));
    await session?.close();
  });

  async function create(options: Partial<RecordProducerOptions> = {}): Promise<RecordProducer> {
    const producer = await createRecordProducer({ adapter, connection, ...options });
    open.add(producer);
    return producer;
  }

  async function topicWith(partitions: number, config: Record<string, string> = {}): Promise<string> {
    const topic = uniqueName('conformance');
    await createTopics(session, [{ topic, partitions, replicationFactor: 1, config }]);
    return topic;
  }

  it('delivers key, value, headers, null and empty exactly', async () => {
    const topic = await topicWith(1);
    const producer = await create();
    const bytes = Buffer.from([0, 255, 10, 128]);
    const headers = [
      ['source', 'orders'],
      ['source', 'übung'],
    ] as const;
    await produce(producer, { topic, partition: 0, key: bytes, value: Buffer.from('{"id":1}'), headers });
    await produce(producer, { topic, partition: 0, key: Buffer.alloc(0), value: Buffer.alloc(0) });
    const last = await produce(producer, { topic, partition: 0, key: null, value: null });
    await producer.whenAcknowledged(last);
    const [first, empty, nothing] = await readAll(session, topic);
    expect(first?.key).toEqual(bytes);
    expect(first?.value?.toString()).toBe('{"id":1}');
    expect(first?.headers.map(({ name, value }) => [name, value?.toString()])).toEqual(headers);
    expect([empty?.key, empty?.value]).toEqual([Buffer.alloc(0), Buffer.alloc(0)]);
    expect([nothing?.key, nothing?.value]).toEqual([null, null]);
    await producer.close();
  });

  it('keeps order and headers where one list serves many records and others come between', async () => {
    const topic = await topicWith(1);
    const producer = await create();
    const context = [
      ['run', '7'],
      ['name', 'übung'],
    ] as const;
    const headersOf = (n: number): RecordHeaders | undefined =>
      n % 7 === 0 ? undefined : n % 50 === 1 ? [['key', String(n)], ...context] : context;
    const count = 2_000;
    let last = 0;
    for (let n = 1; n <= count; n++) {
      const value = n % 11 === 0 ? null : Buffer.from(String(n));
      last = await produce(producer, {
        topic,
        partition: 0,
        key: Buffer.from(`k${n}`),
        value,
        headers: headersOf(n),
      });
    }
    await producer.whenAcknowledged(last);
    const seen = (await readAll(session, topic)).map(({ key, value, headers }) => [
      key?.toString(),
      value?.toString() ?? null,
      headers.map((header) => [header.name, header.value?.toString()]),
    ]);
    const sent = Array.from({ length: count }, (_, index) => {
      const n = index + 1;
      return [`k${n}`, n % 11 === 0 ? null : String(n), headersOf(n) ?? []];
    });
    expect(seen).toEqual(sent);
    await producer.close();
  });

  it('copies what it takes, so that buffers and the record can be reused at once', async () => {
    const topic = await topicWith(1);
    const producer = await create();
    const value = Buffer.from('first-');
    const record: OutgoingRecord = { topic, partition: 0, key: null, value };
    await produce(producer, record);
    value.write('second');
    record.value = value;
    const last = await produce(producer, record);
    value.fill(0);
    await producer.whenAcknowledged(last);
    expect((await readAll(session, topic)).map((message) => message.value?.toString())).toEqual([
      'first-',
      'second',
    ]);
    await producer.close();
  });

  it('numbers records over all partitions, keeps their order in each, and acknowledges every one', async () => {
    const topic = await topicWith(3);
    const seen: number[] = [];
    const producer = await create({ onAcknowledged: (sequence) => seen.push(sequence) });
    const count = 20_000;
    for (let n = 1; n <= count; n++) {
      const value = Buffer.from(String(n));
      expect(await produce(producer, { topic, partition: n % 3, key: null, value })).toBe(n);
    }
    await producer.whenAcknowledged(count);
    expect(producer.status()).toMatchObject({
      acknowledged: count,
      produced: count,
      queuedRecords: 0,
      queuedBytes: 0,
      state: 'ready',
    });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(count);
    const messages = await readAll(session, topic);
    expect(messages).toHaveLength(count);
    for (const partition of [0, 1, 2]) {
      const values = messages
        .filter((message) => message.partition === partition)
        .map((message) => Number(message.value));
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
    await producer.close();
  });

  it('never counts a record as acknowledged that a reader cannot see yet', async () => {
    const topic = await topicWith(2);
    const producer = await create();
    for (let round = 0; round < 20; round++) {
      let last = 0;
      for (let n = 0; n < 50; n++)
        last = await produce(producer, { topic, partition: n % 2, key: null, value: Buffer.from('x') });
      await producer.whenAcknowledged(last);
      expect(await readAll(session, topic)).toHaveLength(last);
    }
    await producer.close();
  });

  it('answers QUEUE_FULL at its limit, takes records again after drained(), and loses none', async () => {
    const topic = await topicWith(1);
    const producer = await create({ maxQueuedRecords: 500, maxQueuedBytes: 1_000_000 });
    let refused = 0;
    let last = 0;
    for (let n = 0; n < 3_000; ) {
      const sequence = producer.produce({ topic, partition: 0, key: null, value: Buffer.from(String(n)) });
      if (sequence === QUEUE_FULL) {
        refused += 1;
        await producer.drained();
      } else {
        last = sequence;
        n += 1;
      }
    }
    await producer.whenAcknowledged(last);
    expect(refused).toBeGreaterThan(0);
    expect((await readAll(session, topic)).map((message) => Number(message.value))).toEqual([
      ...Array(3_000).keys(),
    ]);
    await producer.close();
  });

  it('refuses a record above its own limit without harm to the others', async () => {
    const topic = await topicWith(1);
    const producer = await create({ maxRecordBytes: 10_000 });
    await produce(producer, { topic, partition: 0, key: null, value: Buffer.from('before') });
    expect(() => producer.produce({ topic, partition: 0, key: null, value: Buffer.alloc(20_000) })).toThrow(
      expect.objectContaining({ code: 'KAFKA_RECORD_TOO_LARGE' }),
    );
    await producer.whenAcknowledged(
      await produce(producer, { topic, partition: 0, key: null, value: Buffer.from('after') }),
    );
    expect(await readAll(session, topic)).toHaveLength(2);
    await producer.close();
  });

  it('fails for good, once and with the reason, when the broker refuses a record; nothing from it on counts as acknowledged', async () => {
    const topic = await topicWith(1, { 'max.message.bytes': '5000' });
    const errors: SealaneError[] = [];
    const producer = await create({ onError: (error) => errors.push(error) });
    await producer.whenAcknowledged(
      await produce(producer, { topic, partition: 0, key: null, value: Buffer.from('small') }),
    );
    const refused = await produce(producer, { topic, partition: 0, key: null, value: randomBytes(20_000) });
    await expect(producer.whenAcknowledged(refused)).rejects.toMatchObject({
      code: 'KAFKA_RECORD_TOO_LARGE',
      retriable: false,
    });
    expect(errors).toHaveLength(1);
    expect(producer.status()).toMatchObject({
      state: 'failed',
      acknowledged: 1,
      error: { code: 'KAFKA_RECORD_TOO_LARGE' },
    });
    expect(() => producer.produce({ topic, partition: 0, key: null, value: null })).toThrow();
    await producer.close();
  });

  it.each(['gzip', 'snappy', 'lz4'] as const)(
    'compresses with %s so that readers get the same bytes back',
    async (compression) => {
      const topic = await topicWith(1);
      const producer = await create({ compression });
      const values = Array.from(
        { length: 300 },
        (_, n) => `{"id":${n},"text":"${'lorem ipsum '.repeat(20)}"}`,
      );
      let last = 0;
      for (const value of values)
        last = await produce(producer, { topic, partition: 0, key: null, value: Buffer.from(value) });
      await producer.whenAcknowledged(last);
      const messages = await readAll(session, topic);
      expect(messages.map((message) => message.value?.toString())).toEqual(values);
      expect(messages.some((message) => message.compression === compression)).toBe(true);
      await producer.close();
    },
  );

  it('shows that it waits for Kafka, with the reason and since when, while nobody answers', async () => {
    const producer = await create({ connection: { brokers: ['127.0.0.1:1'] } });
    const started = Date.now();
    produceOnce(producer, { topic: 'any', partition: 0, key: null, value: null });
    while (producer.status().state !== 'waiting' && Date.now() - started < 20_000) await delay(20);
    const { state, wait } = producer.status();
    expect(state).toBe('waiting');
    expect(wait?.broker).toContain('127.0.0.1:1');
    expect(wait?.reason).toMatch(/refused/i);
    expect(wait?.since).toBeGreaterThanOrEqual(started);
    await producer.close({ timeoutMs: 0 });
  });

  it('rejects a waiting call when its signal aborts, and every call after close', async () => {
    const producer = await create({ connection: { brokers: ['127.0.0.1:1'] } });
    const abort = new AbortController();
    const waiting = producer.whenAcknowledged(1, abort.signal);
    abort.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    await producer.close({ timeoutMs: 0 });
    expect(() => producer.produce({ topic: 'any', partition: 0, key: null, value: null })).toThrow(
      expect.objectContaining({ code: 'KAFKA_PRODUCER_CLOSED' }),
    );
    expect(producer.status().state).toBe('closed');
  });
});

async function produce(producer: RecordProducer, record: OutgoingRecord): Promise<number> {
  for (;;) {
    const sequence = producer.produce(record);
    if (sequence !== QUEUE_FULL) return sequence;
    await producer.drained();
  }
}

/** Offers a record once; a full queue is no failure here. */
function produceOnce(producer: RecordProducer, record: OutgoingRecord): void {
  producer.produce(record);
}

async function readAll(session: KafkaSession, topic: string): Promise<MessageRecord[]> {
  const messages: MessageRecord[] = [];
  for await (const event of readMessages({ session, topic, from: { at: 'oldest' }, limit: 1_000_000 })) {
    if (event.tag === 'messages') messages.push(...event.messages);
  }
  return messages;
}

function randomBytes(length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(Math.random() * 256)));
}
