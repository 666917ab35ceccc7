import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from '@sealane/stack/start-stack';
import { exclusiveStack } from '@sealane/stack/testing/exclusive-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTopics } from '../admin/create-topics.ts';
import { readMessages } from '../reader/read-messages.ts';
import { openKafkaSession } from '../session/kafka-session.ts';
import { createRecordProducer } from './create-record-producer.ts';
import { type ProducerState, QUEUE_FULL } from './record-producer.ts';

describe.each(['rdkafka', 'kafkajs'] as const)('a broker that dies under the %s producer', (adapter) => {
  let stack: Stack<'kafka'>;
  beforeAll(async () => {
    stack = await exclusiveStack(['kafka']);
  });
  afterAll(() => stack?.stop());

  it('is waited for visibly, and everything arrives once and in order when it is back', async () => {
    const connection = { brokers: stack.services.kafka.address.brokers };
    const session = await openKafkaSession(connection);
    await createTopics(session, [{ topic: 'outage', partitions: 1, replicationFactor: 1 }]);
    const states: ProducerState[] = [];
    const producer = await createRecordProducer({
      adapter,
      connection,
      onStatus: ({ state }) => states.push(state),
    });
    const count = 4_000;
    let last = 0;
    for (let n = 0; n < count; n++) {
      if (n === count / 2) await stack.services.kafka.kill('SIGKILL');
      const record = { topic: 'outage', partition: 0, key: null, value: Buffer.from(String(n)) };
      for (last = producer.produce(record); last === QUEUE_FULL; last = producer.produce(record))
        await producer.drained();
      if (n % 100 === 0) await delay(1);
    }
    while (producer.status().state !== 'waiting') await delay(20);
    expect(producer.status().wait?.broker).toBe(connection.brokers[0]);
    expect(producer.status().acknowledged).toBeLessThan(count);
    await stack.services.kafka.start();
    await producer.whenAcknowledged(last);
    expect(states.slice(-2)).toEqual(['waiting', 'ready']);
    const values: number[] = [];
    for await (const event of readMessages({
      session,
      topic: 'outage',
      from: { at: 'oldest' },
      limit: count * 2,
    })) {
      if (event.tag === 'messages') values.push(...event.messages.map(({ value }) => Number(value)));
    }
    expect(values).toEqual([...Array(count).keys()]);
    await producer.close();
    await session.close();
  });
});
