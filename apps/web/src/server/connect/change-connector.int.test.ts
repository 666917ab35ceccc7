import { setTimeout as sleep } from 'node:timers/promises';
import { readRunDefinition } from '@sealane/db/repositories/run-definition';
import { openOffsetStore } from '@sealane/engine/offset/offset-store';
import { createTopics } from '@sealane/kafka/admin/create-topics';
import { offsetKey } from '@sealane/kafka/offset-topic/offset-topic';
import { createKafkajsProducer } from '@sealane/kafka/producer/kafkajs-producer';
import { openKafkaSession } from '@sealane/kafka/session/kafka-session';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure, startTestConnect, type TestConnect } from './testing/test-connect.ts';

/**
 * Changing connectors and acting on them, on the real console. Statuses, bodies and texts are those that Kafka
 * Connect 4.3 gave to the same calls, with Debezium 3.5 as its plug-in.
 */

let connect: TestConnect;
const call: TestConnect['call'] = (line, sent) => connect.call(line, sent);
beforeAll(async () => {
  connect = await startTestConnect(await sharedStack(['postgres', 'redis', 'kafka', 'mariadb']));
});
afterAll(() => connect.close());

describe('changing a connector', () => {
  it('PUT creates it, then replaces its configuration', async () => {
    const name = uniqueName('put');
    const config = connect.config();
    const first = await call(`PUT /connectors/${name}/config`, { body: config });
    expect([first.status, first.headers.get('location')]).toEqual([201, `/connect/connectors/${name}`]);
    const changed = { ...config, 'heartbeat.interval.ms': '5000', 'no.effect': '1' };
    const second = await call(`PUT /connectors/${name}/config`, { body: changed });
    expect([second.status, second.json.config]).toEqual([200, { ...changed, name }]);
    expect(
      await call(`PUT /connectors/${name}/config`, { body: { ...config, name: 'other' } }),
    ).toMatchObject(
      failure(400, `Connector name configuration (other) doesn't match connector name in the URL (${name})`),
    );
    const other = await call(`PUT /connectors/${name}/config`, {
      body: { ...config, 'topic.prefix': 'other' },
    });
    expect(other).toMatchObject(
      failure(400, expect.stringContaining('topic prefix of a pipeline never changes')),
    );
    expect((await call(`GET /connectors/${name}/config`)).json).toEqual({ ...changed, name });
  });

  it('PATCH merges, and null takes out', async () => {
    const { name, config } = await connect.create({ 'poll.interval.ms': '9' });
    const { 'poll.interval.ms': _out, ...rest } = config;
    const answer = await call(`PATCH /connectors/${name}/config`, {
      body: { 'poll.interval.ms': null, 'heartbeat.interval.ms': 1000 },
    });
    expect([answer.status, answer.json.config]).toEqual([200, { ...rest, 'heartbeat.interval.ms': '1000' }]);
    expect(
      await call(`PATCH /connectors/${name}/config`, { body: { 'heartbeat.interval.ms': 'q' } }),
    ).toMatchObject(failure(400, expect.stringContaining('An integer is expected')));
  });

  it('shows what the console changed, and keeps the rest of its text', async () => {
    const { name, config } = await connect.create({ 'unknown.property': 'kept' });
    const list = (await connect.web.call({ path: '/pipelines?pageSize=200' })).json.items as {
      id: string;
      name: string;
      config: object;
    }[];
    const pipeline = list.find((entry) => entry.name === name);
    const renamed = uniqueName('renamed');
    const patched = await connect.web.call({
      method: 'PATCH',
      path: `/pipelines/${pipeline?.id}`,
      body: { name: renamed, config: { ...pipeline?.config, heartbeatIntervalMs: 7000 } },
    });
    expect(patched.status).toBe(200);
    expect((await call(`GET /connectors/${renamed}/config`)).json).toEqual({
      ...config,
      name: renamed,
      'heartbeat.interval.ms': '7000',
    });
  });

  it('restarts the process for what concerns it only', async () => {
    const { name, config } = await connect.create();
    const generation = async () =>
      (await connect.web.services.database.prisma.pipeline.findUniqueOrThrow({ where: { name } })).generation;
    const before = await generation();
    await call(`PUT /connectors/${name}/config`, { body: { ...config, 'no.effect': '1' } });
    expect(await generation()).toBe(before);
    await call(`PUT /connectors/${name}/config`, { body: { ...config, 'tombstones.on.delete': 'false' } });
    expect(await generation()).toBe(before + 1);
  });
});

describe('acting on a connector', () => {
  it('pauses, resumes and stops from any state', async () => {
    const { name } = await connect.create();
    const wish = async () =>
      (await connect.web.services.database.prisma.pipeline.findUniqueOrThrow({ where: { name } }))
        .desiredState;
    for (const [action, status, wanted] of [
      ['pause', 202, 'paused'],
      ['pause', 202, 'paused'],
      ['stop', 204, 'stopped'],
      ['resume', 202, 'running'],
      ['stop', 204, 'stopped'],
    ] as const) {
      const answer = await call(`PUT /connectors/${name}/${action}`);
      expect([answer.status, answer.text, await wish()]).toEqual([status, '', wanted]);
    }
    expect((await call(`GET /connectors/${name}/status`)).json).toMatchObject({
      connector: { state: 'STOPPED' },
      tasks: [],
    });
  });

  it('restarts, with or without the status in the answer', async () => {
    const { name } = await connect.create({}, 'RUNNING');
    await connect.workerReports(name, 'running');
    const plain = await call(`POST /connectors/${name}/restart`);
    expect([plain.status, plain.text]).toEqual([204, '']);
    expect(await call(`POST /connectors/${name}/restart?includeTasks=true`)).toMatchObject({
      status: 202,
      json: {
        name,
        connector: { state: 'RESTARTING' },
        tasks: [{ id: 0, state: 'RESTARTING' }],
        type: 'source',
      },
    });
    await connect.workerReports(name, 'running');
    expect(await call(`POST /connectors/${name}/restart?includeTasks=true&onlyFailed=true`)).toMatchObject({
      status: 202,
      json: { connector: { state: 'RUNNING' } },
    });
    await connect.workerReports(name, 'failed');
    expect(await call(`POST /connectors/${name}/restart?includeTasks=true&onlyFailed=true`)).toMatchObject({
      status: 202,
      json: { connector: { state: 'RESTARTING' } },
    });
    expect((await call(`POST /connectors/${name}/tasks/0/restart`)).status).toBe(204);
    expect(await call(`POST /connectors/${name}/tasks/5/restart`)).toMatchObject(
      failure(404, `Unknown task: ${name}-5`),
    );
  });

  it('leaves one that is stopped alone when asked to restart it', async () => {
    const { name } = await connect.create();
    expect((await call(`POST /connectors/${name}/restart`)).status).toBe(204);
    expect((await call(`GET /connectors/${name}/status`)).json).toMatchObject({
      connector: { state: 'STOPPED' },
    });
  });

  it('deletes', async () => {
    const { name } = await connect.create();
    const answer = await call(`DELETE /connectors/${name}`);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await call(`GET /connectors/${name}`)).status).toBe(404);
  });
});

describe('offsets', () => {
  it('are empty, altered, read and reset while the connector is stopped', async () => {
    const { name, config } = await connect.create();
    const offsets = `/connectors/${name}/offsets`;
    const partition = { server: config['topic.prefix'] };
    expect((await call(`GET ${offsets}`)).json).toEqual({ offsets: [] });
    const altered = { partition, offset: { file: 'bin.000003', pos: 4, gtids: '0-1-7' } };
    expect(await call(`PATCH ${offsets}`, { body: { offsets: [altered] } })).toMatchObject({
      status: 200,
      json: {
        message:
          'The Connect framework-managed offsets for this connector have been altered successfully. However, if this connector manages offsets externally, they will need to be manually altered in the system that the connector uses.',
      },
    });
    expect((await call(`GET ${offsets}`)).json).toEqual({ offsets: [altered] });
    expect((await storedForEngine(name))?.resume).toEqual({
      position: { file: 'bin.000003', position: 4, gtidSet: '0-1-7' },
      eventsDone: 0,
      rowsDone: 0,
      server: null,
    });
    expect(await call(`DELETE ${offsets}`)).toMatchObject({
      status: 200,
      json: { message: expect.stringContaining('have been reset successfully') },
    });
    expect(await storedForEngine(name)).toBeNull();
    expect((await call(`GET ${offsets}`)).json).toEqual({ offsets: [] });
  });

  it('outlive their connector: one that is made again goes on where the former stopped', async () => {
    const { name, config } = await connect.create();
    const offsets = `/connectors/${name}/offsets`;
    const entry = {
      partition: { server: config['topic.prefix'] },
      offset: { file: 'bin.000003', pos: 4, gtids: '0-1-7' },
    };
    await call(`PATCH ${offsets}`, { body: { offsets: [entry] } });
    expect((await call(`DELETE /connectors/${name}`)).status).toBe(204);
    const again = { name, config, initial_state: 'STOPPED' };
    expect((await call('POST /connectors', { body: again })).status).toBe(201);
    expect((await call(`GET ${offsets}`)).json).toEqual({ offsets: [entry] });
    expect((await storedForEngine(name))?.resume.position).toEqual({
      file: 'bin.000003',
      position: 4,
      gtidSet: '0-1-7',
    });
  });

  /** What the pipeline's process will start from. */
  async function storedForEngine(name: string) {
    const { database, env } = connect.web.services;
    const { id } = await database.prisma.pipeline.findUniqueOrThrow({ where: { name } });
    const definition = await readRunDefinition(connect.web.services, id);
    if (definition === null) throw new Error(`No pipeline ${id}`);
    const { stored } = await openOffsetStore({
      connection: { brokers: connect.stack.kafka.brokers },
      topic: env.SEALANE_OFFSETS_TOPIC,
      key: offsetKey(definition.offsetsName, definition.config.topicPrefix),
      replicationFactor: -1,
    });
    return stored;
  }

  it('are not touched while it is not stopped, or when they are none of its own', async () => {
    const { name, config } = await connect.create({}, 'PAUSED');
    const offsets = `/connectors/${name}/offsets`;
    const own = { server: config['topic.prefix'] };
    const patch = (partition: unknown, offset: unknown) =>
      call(`PATCH ${offsets}`, { body: { offsets: [{ partition, offset }] } });
    const notStopped = failure(
      400,
      `Connectors must be in the STOPPED state before their offsets can be modified. This can be done for the specified connector by issuing a 'PUT' request to the '/connectors/${name}/stop' endpoint`,
    );
    expect(await call(`DELETE ${offsets}`)).toMatchObject(notStopped);
    expect(await patch(own, { file: 'bin.000003', pos: 4 })).toMatchObject(notStopped);
    for (const body of [{}, { offsets: [] }]) {
      expect(await call(`PATCH ${offsets}`, { body })).toMatchObject(
        failure(400, 'Partitions / offsets need to be provided for an alter offsets request'),
      );
    }
    await call(`PUT /connectors/${name}/stop`);
    expect((await patch({ server: 'other' }, { file: 'b', pos: 4 })).status).toBe(400);
    expect((await patch(own, { nofile: 1 })).status).toBe(400);
    expect((await call(`GET ${offsets}`)).json).toEqual({ offsets: [] });
  });
});

describe('topics', () => {
  it('are those written to since the last reset', async () => {
    const { name, config } = await connect.create();
    const other = await connect.create({ 'topic.prefix': `${config['topic.prefix']}.more` });
    const topic = `${config['topic.prefix']}.${connect.database}.orders`;
    await produce(topic, `${other.config['topic.prefix']}.${connect.database}.orders`);
    const topics = async () => (await call(`GET /connectors/${name}/topics`)).json;
    expect(await topics()).toEqual({ [name]: { topics: [topic] } });
    await sleep(50);
    const reset = await call(`PUT /connectors/${name}/topics/reset`);
    expect([reset.status, reset.text]).toEqual([202, '']);
    expect(await topics()).toEqual({ [name]: { topics: [] } });
    await produce(topic);
    expect(await topics()).toEqual({ [name]: { topics: [topic] } });
  });

  async function produce(...topics: string[]): Promise<void> {
    const connection = { brokers: connect.stack.kafka.brokers };
    const session = await openKafkaSession(connection);
    await createTopics(
      session,
      topics.map((topic) => ({ topic, partitions: 1 })),
    );
    await session.close();
    const producer = createKafkajsProducer({ connection });
    for (const topic of topics) producer.produce({ topic, partition: 0, key: null, value: Buffer.from('x') });
    await producer.close();
  }
});
