import type { SchemaChangeDetail, SchemaChangePage } from '@sealane/contracts/api/schema-changes';
import { createTopics } from '@sealane/kafka/admin/create-topics';
import { deleteTopics } from '@sealane/kafka/admin/delete-topics';
import { createRecordProducer } from '@sealane/kafka/producer/create-record-producer';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestConsole, type TestConsole } from '../testing/test-console.ts';

type Stack = Awaited<ReturnType<typeof sharedStack<'postgres' | 'redis' | 'kafka' | 'mariadb'>>>;
let stack: Stack;
let console: TestConsole;
let refs: { sourceId: string; clusterId: string };

beforeAll(async () => {
  stack = await sharedStack(['postgres', 'redis', 'kafka', 'mariadb']);
  console = await startTestConsole({ ...stack, name: uniqueName('web') });
  const create = async (path: string, connection: object) =>
    String((await console.call({ method: 'POST', path, body: { name: 'main', connection } })).json.id);
  const { host, port, admin, capture } = stack.mariadb;
  const sql = await createConnection({ host, port, ...admin });
  const database = uniqueName('timeline');
  await sql.query(`CREATE DATABASE ${database}`);
  await sql.query(`CREATE TABLE ${database}.orders (id INT PRIMARY KEY)`);
  await sql.end();
  refs = {
    sourceId: await create('/sources', { host, port, ...capture, tls: { mode: 'disabled' } }),
    clusterId: await create('/clusters', { brokers: stack.kafka.brokers }),
  };
});
afterAll(() => console.close());

async function stoppedPipeline(topicPrefix: string): Promise<string> {
  const config = { topicPrefix, databaseExcludeList: ['nothing'], tableExcludeList: ['shop\\.audit'] };
  const body = { name: topicPrefix, ...refs, config, start: false };
  const answer = await console.call({ method: 'POST', path: '/pipelines', body });
  expect(answer.status, answer.text).toBe(201);
  return String(answer.json.id);
}

interface Record {
  ddl: string;
  table?: string;
  columns?: object[];
  server?: string;
}

/** A record as Debezium writes it. */
function historyRecord(
  prefix: string,
  { ddl, table, columns, server = prefix }: Record,
  index: number,
): string {
  return JSON.stringify({
    source: { server },
    position: {
      ts_sec: 1_790_000_000 + index,
      file: 'binlog.000001',
      pos: 4_294_967_296 + index,
      gtids: '0-1-9',
    },
    ts_ms: 1_790_000_000_123,
    databaseName: 'shop',
    ddl,
    tableChanges:
      table === undefined
        ? []
        : [
            {
              type: ddl.startsWith('CREATE') ? 'CREATE' : 'ALTER',
              id: `"shop"."${table}"`,
              table: { primaryKeyColumnNames: ['id'], columns },
            },
          ],
  });
}

async function write(topic: string, values: string[]): Promise<void> {
  const session = await console.services.kafka.get(refs.clusterId);
  await createTopics(session, [{ topic, partitions: 1 }]);
  const producer = await createRecordProducer({
    adapter: 'kafkajs',
    connection: { brokers: stack.kafka.brokers },
  });
  let sequence = 0;
  for (const value of values)
    sequence = producer.produce({ topic, partition: 0, key: null, value: Buffer.from(value) });
  await producer.whenAcknowledged(sequence);
  await producer.close();
}

const id = { name: 'id', typeName: 'BIGINT UNSIGNED', optional: false };
const total = { name: 'total', typeName: 'DECIMAL', length: 65, scale: 2, optional: true };

describe('the DDL timeline', () => {
  it('tells each change with its diff, position and statement, page by page, of one pipeline only', async () => {
    const prefix = uniqueName('timeline');
    const pipeline = await stoppedPipeline(prefix);
    const path = `/pipelines/${pipeline}/schema-changes`;
    const page = async (query = '') =>
      (await console.call({ path: `${path}${query}`, role: 'viewer' })).json as unknown as SchemaChangePage;

    expect(await page()).toMatchObject({ exists: false, topic: `${prefix}-schema-history`, items: [] });

    const long = `ALTER TABLE orders ADD total DECIMAL(65,2) DEFAULT '18446744073709551615.10' /* ${'x'.repeat(900)} */`;
    await write(`${prefix}-schema-history`, [
      historyRecord(prefix, { ddl: 'CREATE TABLE orders (…)', table: 'orders', columns: [id] }, 0),
      historyRecord(prefix, { ddl: 'CREATE TABLE audit (…)', table: 'audit', columns: [id] }, 1),
      historyRecord(
        prefix,
        { ddl: 'ALTER TABLE x', table: 'orders', columns: [], server: 'somebody-else' },
        2,
      ),
      'not a record of Debezium',
      historyRecord(
        prefix,
        {
          ddl: long,
          table: 'orders',
          columns: [
            id,
            { ...total, hasDefaultValue: true, defaultValueExpression: '18446744073709551615.10' },
          ],
        },
        4,
      ),
      historyRecord(prefix, { ddl: 'CREATE DATABASE shop' }, 5),
    ]);

    const all = await page();
    expect(all).toMatchObject({ exists: true, startMissing: false, next: null, scanned: 6, unreadable: 1 });
    expect(all.items.map(({ offset }) => offset)).toEqual(['5', '4', '1', '0']);
    expect(all.items[1]).toMatchObject({
      origin: 'statement',
      ddlTruncated: true,
      committedAtMs: 1_790_000_004_000,
      recordedAtMs: 1_790_000_000_123,
      position: { file: 'binlog.000001', pos: '4294967300', gtids: '0-1-9' },
      tables: [
        { table: 'orders', comparedWith: 'previous', added: 1, removed: 0, changed: 0, captured: true },
      ],
    });
    expect(all.items[2]?.tables).toMatchObject([{ table: 'audit', captured: false }]);

    const first = await page('?limit=2');
    expect(first).toMatchObject({ next: '4', items: [{ offset: '5' }, { offset: '4' }] });
    expect(first.items[1]?.tables[0]?.comparedWith).toBe('previous');
    expect((await page(`?limit=2&before=${first.next}`)).items.map(({ offset }) => offset)).toEqual([
      '1',
      '0',
    ]);
    expect((await page('?table=ORDERS')).items.map(({ offset }) => offset)).toEqual(['4', '0']);
    expect((await page('?origin=snapshot')).items).toEqual([]);
    expect(await page('?limit=0')).toMatchObject({ end: '6', items: [], scanned: 0 });

    const one = (await console.call({ path: `${path}/4`, role: 'viewer' }))
      .json as unknown as SchemaChangeDetail;
    expect(one.ddl).toBe(long);
    expect(one.tables[0]?.columns).toMatchObject([
      { change: 'same', after: { name: 'id', type: 'BIGINT UNSIGNED', nullable: false } },
      {
        change: 'added',
        before: null,
        after: { name: 'total', type: 'DECIMAL(65,2)', defaultValue: '18446744073709551615.10', position: 2 },
      },
    ]);
    for (const offset of ['2', '3', '77']) {
      const answer = await console.call({ path: `${path}/${offset}` });
      expect(answer.json, offset).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
  });

  it('is for those who are signed in, of pipelines that exist', async () => {
    const pipeline = await stoppedPipeline(uniqueName('timeline'));
    const path = `/pipelines/${pipeline}/schema-changes`;
    expect((await console.call({ path, role: null })).status).toBe(401);
    expect((await console.call({ path: '/pipelines/none/schema-changes' })).json).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
    expect((await console.call({ path: `${path}?before=-1` })).status).toBe(400);
  });

  it('says so when the topic is deleted while one looks', async () => {
    const prefix = uniqueName('timeline');
    const pipeline = await stoppedPipeline(prefix);
    const topic = `${prefix}-schema-history`;
    const path = `/pipelines/${pipeline}/schema-changes`;
    await write(topic, [historyRecord(prefix, { ddl: 'CREATE TABLE t', table: 't', columns: [id] }, 0)]);
    expect((await console.call({ path })).json).toMatchObject({ exists: true, items: [{ offset: '0' }] });
    await deleteTopics(await console.services.kafka.get(refs.clusterId), [topic]);
    await expect
      .poll(async () => (await console.call({ path })).json)
      .toMatchObject({ exists: false, items: [] });
  });
});
