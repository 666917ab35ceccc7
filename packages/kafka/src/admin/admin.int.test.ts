import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordProducer } from '../producer/create-record-producer.ts';
import { type KafkaSession, openKafkaSession } from '../session/kafka-session.ts';
import { listConsumerGroups } from './consumer-groups.ts';
import { createTopics } from './create-topics.ts';
import { deleteTopics } from './delete-topics.ts';
import { describeTopicConfig, describeTopics, listTopics } from './describe-topics.ts';
import { testCluster } from './test-cluster.ts';
import { topicSizes } from './topic-sizes.ts';
import { offsetsForTimestamp, topicWatermarks } from './watermarks.ts';

describe('cluster administration', () => {
  let brokers: readonly string[];
  let session: KafkaSession;

  beforeAll(async () => {
    const { kafka } = await sharedStack(['kafka']);
    brokers = kafka.brokers;
    session = await openKafkaSession({ brokers });
  });
  afterAll(() => session?.close());

  it('creates a topic as specified, leaves an existing one alone, and deletes it', async () => {
    const spec = {
      topic: uniqueName('admin'),
      partitions: 3,
      replicationFactor: 1,
      config: { 'cleanup.policy': 'compact' },
    };
    expect(await createTopics(session, [spec])).toEqual([{ topic: spec.topic, created: true }]);
    expect(await createTopics(session, [spec])).toEqual([{ topic: spec.topic, created: false }]);
    const [described] = await describeTopics(session, [spec.topic]);
    expect(described?.partitions.map(({ partition, leader }) => [partition, leader >= 0])).toEqual([
      [0, true],
      [1, true],
      [2, true],
    ]);
    const config = await describeTopicConfig(session, spec.topic);
    expect(config.find(({ name }) => name === 'cleanup.policy')).toEqual({
      name: 'cleanup.policy',
      value: 'compact',
      isDefault: false,
    });
    await deleteTopics(session, [spec.topic]);
    expect((await listTopics(session)).some(({ topic }) => topic === spec.topic)).toBe(false);
  });

  it.each([
    ['a name with spaces', { topic: 'not a topic' }, 'KAFKA_TOPIC_INVALID'],
    ['more replicas than brokers', { replicationFactor: 9 }, 'KAFKA_REPLICATION_TOO_LARGE'],
    ['an unknown setting', { config: { 'no.such.setting': '1' } }, 'KAFKA_TOPIC_CONFIG_INVALID'],
    ['no partition', { partitions: 0 }, 'KAFKA_TOPIC_INVALID'],
  ])("refuses %s with the broker's own reason", async (_, wrong, code) => {
    const spec = { topic: uniqueName('admin'), partitions: 1, replicationFactor: 1, ...wrong };
    const refused = createTopics(session, [spec]);
    await expect(refused).rejects.toMatchObject({
      code,
      remedy: expect.any(String),
      why: expect.stringContaining(spec.topic),
    });
  });

  it('tells watermarks, offsets by time and size', async () => {
    const topic = uniqueName('admin');
    await createTopics(session, [{ topic, partitions: 2, replicationFactor: 1 }]);
    const producer = await createRecordProducer({ connection: { brokers } });
    const before = Date.now();
    for (let n = 0; n < 3; n++) {
      const record = { topic, partition: 1, key: null, value: Buffer.from('x'.repeat(100)) };
      await producer.whenAcknowledged(producer.produce(record));
    }
    await producer.close();
    const end = BigInt(producer.status().acknowledged);
    expect(await topicWatermarks(session, topic)).toEqual([
      { partition: 0, earliest: 0n, latest: 0n },
      { partition: 1, earliest: 0n, latest: end },
    ]);
    expect(await offsetsForTimestamp(session, { topic, timestamp: before + 3_600_000 })).toContainEqual({
      partition: 1,
      offset: end,
    });
    expect(await offsetsForTimestamp(session, { topic, timestamp: 0 })).toContainEqual({
      partition: 1,
      offset: 0n,
    });
    const sizes = (await topicSizes(session, [topic])).get(topic);
    expect(sizes?.[0]).toEqual({ partition: 0, bytes: 0 });
    expect(sizes?.[1]?.bytes).toBeGreaterThan(100);
    expect(Array.isArray(await listConsumerGroups(session))).toBe(true);
  });

  it('tests a cluster, and says what is wrong with one that cannot be used', async () => {
    const cluster = await testCluster({ brokers });
    expect(cluster.brokers).toHaveLength(1);
    expect(cluster.clusterId).not.toBe('');
    await expect(testCluster({ brokers: ['127.0.0.1:1'] })).rejects.toMatchObject({
      code: 'KAFKA_UNREACHABLE',
      why: expect.stringContaining('ECONNREFUSED'),
    });
    await expect(testCluster({ brokers: ['no-such-host.invalid:9092'] })).rejects.toMatchObject({
      code: 'KAFKA_HOST_UNKNOWN',
    });
    await expect(testCluster({ brokers: ['localhost'] })).rejects.toMatchObject({
      code: 'KAFKA_BROKERS_INVALID',
    });
    await expect(testCluster({ brokers, tls: {}, connectTimeoutMs: 3_000 })).rejects.toMatchObject({
      code: 'KAFKA_TLS_FAILED',
    });
    const sasl = { mechanism: 'plain', username: 'nobody', password: 'wrong' } as const;
    await expect(testCluster({ brokers, sasl, connectTimeoutMs: 3_000 })).rejects.toMatchObject({
      code: 'KAFKA_AUTHENTICATION_FAILED',
    });
  });
});
