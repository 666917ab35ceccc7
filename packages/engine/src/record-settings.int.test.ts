import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SqlConnection } from './source/sql.ts';
import {
  openTestDatabase,
  readTopic,
  startPipeline,
  type TestServers,
  testSpec,
  until,
  untilCaughtUp,
} from './testing/pipeline-harness.ts';

let servers: TestServers;
const open: SqlConnection[] = [];

beforeAll(async () => {
  const { mariadb, kafka } = await sharedStack(['mariadb', 'kafka']);
  servers = { source: mariadb, kafka };
});

afterAll(async () => {
  await Promise.all(open.map((sql) => sql.end()));
});

/** Streams what the statements do to a table `t (id INT PRIMARY KEY, n INT)`. */
async function stream(
  config: Partial<PipelineConfigInput>,
  statements: readonly string[],
): Promise<(topic: string) => Promise<string[]>> {
  const name = uniqueName('settings');
  const sql = await openTestDatabase(servers.source, name);
  open.push(sql);
  await sql.query('CREATE TABLE t (id INT PRIMARY KEY, n INT)');
  const running = startPipeline(testSpec(servers, { name, config: { ...config, snapshotMode: 'no_data' } }));
  await until(running, ({ state, position }) => state === 'running' && position !== null);
  for (const statement of statements) await sql.query(statement);
  await untilCaughtUp(running, sql);
  await running.pipeline.stop();
  return async (topic) => {
    const records = await readTopic(servers.kafka, topic.replace('{}', name).replace('{}', name));
    return records.map(({ key, value }) => `${String(key)} ${String(value)}`.replaceAll(name, '{}'));
  };
}

it('tells of transactions on a topic of their own and numbers their records', async () => {
  const read = await stream({ provideTransactionMetadata: true }, [
    'BEGIN',
    'INSERT INTO t VALUES (1, 1), (2, 2)',
    'UPDATE t SET n = 3 WHERE id = 1',
    'COMMIT',
  ]);
  const rows = await read('{}.{}.t');
  const blocks = rows.map((row) => /"transaction":(\{.*?\})/.exec(row)?.[1]);
  const id = /"id":"(\d+-\d+-\d+)"/.exec(blocks[0] ?? '')?.[1];
  expect(blocks).toEqual(
    [1, 2, 3].map((order) => `{"id":"${id}","total_order":${order},"data_collection_order":${order}}`),
  );
  const log = (await read('{}.transaction')).filter((record) => record.startsWith(`{"id":"${id}"}`));
  expect(log.map((record) => record.replace(/"ts_ms":\d+/, '"ts_ms":0'))).toEqual([
    `{"id":"${id}"} {"status":"BEGIN","id":"${id}","event_count":null,"data_collections":null,"ts_ms":0}`,
    `{"id":"${id}"} {"status":"END","id":"${id}","event_count":3,"data_collections":[{"data_collection":"{}.t","event_count":3}],"ts_ms":0}`,
  ]);
});

it('shows the statement behind a row, and the TRUNCATE of a table', async () => {
  const read = await stream({ includeQuery: true, skippedOperations: [] }, [
    'INSERT INTO t VALUES (7, 8) /* "batch" */',
    'TRUNCATE TABLE t',
  ]);
  const rows = await read('{}.{}.t');
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain('"query":"INSERT INTO t VALUES (7, 8) /* \\"batch\\" */"}');
  expect(rows[1]).toMatch(
    /^null \{"before":null,"after":null,"source":\{.*"table":"t".*"query":null\},.*"op":"t"/,
  );
});

it('runs the heartbeat statement at the source, and goes on when it fails', async () => {
  const name = uniqueName('settings');
  const sql = await openTestDatabase(servers.source, name);
  open.push(sql);
  await sql.query('CREATE TABLE t (id INT PRIMARY KEY, n INT)');
  const config = {
    heartbeatIntervalMs: 50,
    heartbeatActionQuery: `INSERT INTO ${name}.t SELECT MAX(id) + 1, 0 FROM ${name}.t`,
  };
  const login = servers.source.admin;
  const running = startPipeline(
    testSpec(servers, { name, login, config: { ...config, snapshotMode: 'no_data' } }),
  );
  await until(running, () => running.notices.some(({ type }) => type === 'heartbeat.action'));
  await sql.query('INSERT INTO t VALUES (100, 0)');
  await until(running, ({ rowsRead }) => rowsRead > 3);
  await running.pipeline.stop();
  const failures = running.notices.filter(({ type }) => type === 'heartbeat.action');
  expect(failures).toHaveLength(1);
});

/** A row above MySQL's packet limit of 16 MiB, and far above Kafka's default for a record. */
it('delivers a row of 20 MB, compressed, where pipeline and topic allow it, and names both where they do not', async () => {
  const name = uniqueName('large');
  const admin = await openTestDatabase(servers.source, name);
  open.push(admin);
  await admin.query('SET GLOBAL max_allowed_packet = 268435456');
  const sql = await openTestDatabase(servers.source, uniqueName('large'));
  open.push(sql);
  await admin.query('CREATE TABLE t (id INT PRIMARY KEY, body LONGTEXT)');
  const config: Partial<PipelineConfigInput> = {
    snapshotMode: 'no_data',
    producerCompression: 'lz4',
    producerMaxRecordBytes: 30_000_000,
    topicCreationConfig: { 'max.message.bytes': '30000000' },
  };
  const running = startPipeline(testSpec(servers, { name, config }));
  await until(running, ({ state, position }) => state === 'running' && position !== null);
  await sql.query(`INSERT INTO ${name}.t VALUES (1, REPEAT('0123456789', 2000000)), (2, 'small')`);
  await untilCaughtUp(running, sql);
  await running.pipeline.stop();
  const records = await readTopic(servers.kafka, `${name}.${name}.t`);
  const body = /"body":"(\d+)"/.exec(String(records[0]?.value))?.[1];
  expect([body?.length, body?.slice(0, 12), String(records[1]?.key)]).toEqual([
    20_000_000,
    '012345678901',
    '{"id":2}',
  ]);
  expect(records[0]?.compression).toBe('lz4');

  const limited = startPipeline(
    testSpec(servers, { name, config: { ...config, producerMaxRecordBytes: 1_048_576 } }),
  );
  await until(limited, ({ state, position }) => state === 'running' && position !== null);
  await sql.query(`UPDATE ${name}.t SET body = CONCAT(body, 'x') WHERE id = 1`);
  await expect(limited.outcome).rejects.toMatchObject({
    code: 'KAFKA_RECORD_TOO_LARGE',
    remedy: expect.stringMatching(/producer\.override\.max\.request\.size.*max\.message\.bytes/),
  });
}, 120_000);

it('warns of two tables whose names come to one topic, and captures both', async () => {
  const name = uniqueName('settings');
  const sql = await openTestDatabase(servers.source, name);
  open.push(sql);
  await sql.query('CREATE TABLE b_cher (id INT PRIMARY KEY)');
  await sql.query('CREATE TABLE `bücher` (id INT PRIMARY KEY)');
  await sql.query('INSERT INTO b_cher VALUES (1)');
  const running = startPipeline(testSpec(servers, { name }));
  await until(running, ({ state, position }) => state === 'running' && position !== null);
  await sql.query('INSERT INTO `bücher` VALUES (1)');
  await untilCaughtUp(running, sql);
  await running.pipeline.stop();
  expect(await readTopic(servers.kafka, `${name}.${name}.b_cher`)).toHaveLength(2);
  expect(running.notices.filter(({ type }) => type === 'topic.shared')).toMatchObject([
    {
      level: 'warn',
      message: `Rows of ${name}.b_cher and of ${name}.bücher go to the same topic ${name}.${name}.b_cher.`,
      error: { code: 'TOPIC_SHARED', remedy: expect.stringContaining('table.exclude.list') },
    },
  ]);
});
