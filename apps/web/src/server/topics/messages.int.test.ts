import { createTopics } from '@sealane/kafka/admin/create-topics';
import { createRecordProducer } from '@sealane/kafka/producer/create-record-producer';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestConsole, type TestConsole } from '../testing/test-console.ts';

type Stack = Awaited<ReturnType<typeof sharedStack<'postgres' | 'redis' | 'kafka'>>>;
let stack: Stack;
let console: TestConsole;
let clusterId: string;

beforeAll(async () => {
  stack = await sharedStack(['postgres', 'redis', 'kafka']);
  console = await startTestConsole({ ...stack, name: uniqueName('web') });
  const body = { name: 'main', connection: { brokers: stack.kafka.brokers } };
  clusterId = String((await console.call({ method: 'POST', path: '/clusters', body })).json.id);
});
afterAll(() => console.close());

describe('messages', () => {
  it('come exact and newest first, filtered by operation, and whole one by one', async () => {
    const topic = uniqueName('messages');
    const session = await console.services.kafka.get(clusterId);
    await createTopics(session, [{ topic, partitions: 1 }]);
    const producer = await createRecordProducer({
      adapter: 'kafkajs',
      connection: { brokers: stack.kafka.brokers },
    });
    const source = '"source":{"db":"shop","table":"orders","file":"b.1","pos":4,"ts_ms":5}';
    const values = [
      `{"before":null,"after":{"id":18446744073709551615},${source},"op":"c","ts_ms":1}`,
      `{"before":null,"after":{"id":2,"note":"${'x'.repeat(30_000)}"},${source},"op":"u","ts_ms":1}`,
      null,
    ];
    for (const value of values) {
      const record = {
        topic,
        partition: 0,
        key: Buffer.from('{"id":1}'),
        value: value === null ? null : Buffer.from(value),
      };
      await producer.whenAcknowledged(producer.produce(record));
    }
    await producer.close();
    const path = `/clusters/${clusterId}/topics/${topic}`;
    const read = async (query: string) =>
      eventsOf((await console.call({ path: `${path}/messages?${query}` })).text);

    const newest = await read('limit=10');
    expect(newest.messages.map((message) => message.offset)).toEqual(['2', '1', '0']);
    expect(newest.messages[0]).toMatchObject({ value: { kind: 'null' }, change: { tombstone: true } });
    expect(newest.messages[1]).toMatchObject({
      value: { truncated: true, bytes: values[1]?.length },
      change: { op: 'u', table: 'orders' },
    });
    expect(newest.messages[2]?.value.text).toContain('18446744073709551615');
    expect(newest.done).toMatchObject({ reason: 'end', resume: null });

    const first = await read('from=oldest&limit=1');
    expect(first.messages.map((message) => message.offset)).toEqual(['0']);
    const next = await read(`limit=1&resume=${String(first.done?.resume)}`);
    expect(next.messages.map((message) => message.offset)).toEqual(['1']);
    expect((await read('op=u')).messages.map((message) => message.offset)).toEqual(['1']);
    expect((await read('hideTombstones=true')).messages).toHaveLength(2);

    const whole = await console.call({ path: `${path}/partitions/0/messages/1` });
    expect(whole.json.value).toMatchObject({ truncated: false, text: values[1] });
    expect((await console.call({ path: `${path}/partitions/0/messages/99` })).json.code).toBe('NOT_FOUND');
    expect((await console.call({ path })).json).toMatchObject({ messages: '3', partitions: 1 });
    expect((await console.call({ path: `${path}-none/messages` })).json).toMatchObject({
      status: 404,
      code: 'KAFKA_TOPIC_UNKNOWN',
    });
  });
});

interface ReadMessages {
  messages: { offset: string; value: { text: string | null } }[];
  done: { reason: string; resume: string | null } | null;
}

function eventsOf(stream: string): ReadMessages {
  const found: ReadMessages = { messages: [], done: null };
  for (const [, data = ''] of stream.matchAll(/^data: (.+)$/gm)) {
    const event = JSON.parse(data);
    if (event.kind === 'messages') found.messages.push(...event.messages);
    if (event.kind === 'done') found.done = event;
  }
  return found;
}
