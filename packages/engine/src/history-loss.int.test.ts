import { historyRecordSchema } from '@sealane/contracts/schema-history';
import { deleteTopics } from '@sealane/kafka/admin/delete-topics';
import { openKafkaSession } from '@sealane/kafka/session/kafka-session';
import { exclusiveStack } from '@sealane/stack/testing/exclusive-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

const matrix = [
  ['mariadb', 'MINIMAL'],
  ['mariadb', 'FULL'],
  ['mysql', 'MINIMAL'],
  ['mysql', 'FULL'],
] as const;

describe.each(matrix)('a history topic that was deleted, %s %s', (flavour, rowMetadata) => {
  let stop: () => Promise<void> = async () => undefined;
  let servers: TestServers;
  let sql: SqlConnection;

  beforeAll(async () => {
    const stack = await exclusiveStack([flavour, 'kafka'], { [flavour]: { rowMetadata } });
    stop = () => stack.stop();
    servers = { source: stack.services[flavour].address, kafka: stack.services.kafka.address };
  });

  afterAll(async () => {
    sql?.destroy();
    await stop();
  });

  /** A pipeline that streamed the first row of `t` and was stopped; its history is then deleted, as a person deletes a topic. */
  async function withoutHistory(name: string, meanwhile: readonly string[]) {
    sql?.destroy();
    sql = await openTestDatabase(servers.source, name);
    await sql.query('CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(9))');
    const spec = testSpec(servers, { name });
    const running = startPipeline(spec);
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await sql.query("INSERT INTO t VALUES (1, 'a')");
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    for (const statement of meanwhile) await sql.query(statement);
    await deleteTopic(`${name}-schema-history`);
    return spec;
  }

  async function deleteTopic(topic: string): Promise<void> {
    const session = await openKafkaSession({ brokers: servers.kafka.brokers });
    await deleteTopics(session, [topic]);
    await session.close();
  }

  async function resume(spec: ReturnType<typeof testSpec>) {
    const running = startPipeline(spec);
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    return { rows: await rowsOf(spec), told: running.notices.map(({ type }) => type) };
  }

  async function rowsOf(spec: ReturnType<typeof testSpec>): Promise<(string | undefined)[]> {
    const records = await readTopic(servers.kafka, `${spec.name}.${spec.name}.t`);
    return records.map(({ value }) => /"after":(\{.*?\}|null)/.exec(value?.toString() ?? '')?.[1]);
  }

  it('is made anew from the server with a warning, and marked as such', async () => {
    const spec = await withoutHistory('anew', ["INSERT INTO t VALUES (2, 'b')"]);
    const { rows, told } = await resume(spec);
    expect(rows).toEqual(['{"id":1,"v":"a"}', '{"id":2,"v":"b"}']);
    expect(told).toContain('schema.history.rebuilt');
    expect(told).not.toContain('schema.history.doubt');
    const records = (await readTopic(servers.kafka, 'anew-schema-history')).map(({ value }) =>
      historyRecordSchema.parse(JSON.parse(String(value))),
    );
    expect(records.filter(({ tableChanges }) => tableChanges[0]?.type === 'CREATE')).toMatchObject([
      { origin: 'server', tableChanges: [{ id: '"anew"."t"' }] },
    ]);
    await sql.query("INSERT INTO t VALUES (3, 'c')");
    const again = await resume(spec);
    expect(again.rows).toHaveLength(3);
    expect(again.told.filter((type) => type.startsWith('schema.history'))).toEqual([]);
  });

  it('does not have statements applied twice that the server had executed already', async () => {
    const spec = await withoutHistory('twice', [
      'ALTER TABLE t ADD COLUMN w INT FIRST, ADD UNIQUE KEY (v)',
      "INSERT INTO t VALUES (7, 2, 'b')",
      'ALTER TABLE t DROP COLUMN v',
      'INSERT INTO t VALUES (8, 3)',
    ]);
    const running = startPipeline(spec);
    if (rowMetadata === 'FULL') {
      await untilCaughtUp(running, sql);
      await running.pipeline.stop();
      expect((await rowsOf(spec)).slice(1)).toEqual(['{"w":7,"id":2,"v":"b"}', '{"w":8,"id":3}']);
      return;
    }
    await expect(running.outcome).rejects.toMatchObject({
      code: 'TABLE_SCHEMA_MISMATCH',
      remedy: expect.stringContaining('take a new snapshot'),
    });
    expect(await rowsOf(spec)).toHaveLength(1);
  });

  it('goes on behind a statement that comes before all rows', async () => {
    const spec = await withoutHistory('before', [
      'ALTER TABLE t ADD COLUMN w INT FIRST',
      "INSERT INTO t VALUES (7, 2, 'b')",
    ]);
    expect((await resume(spec)).rows.slice(1)).toEqual(['{"w":7,"id":2,"v":"b"}']);
    await sql.query('ALTER TABLE t ADD COLUMN x INT');
    await sql.query("INSERT INTO t VALUES (8, 3, 'c', 9)");
    expect((await resume(spec)).rows.at(-1)).toBe('{"w":8,"id":3,"v":"c","x":9}');
  });

  it('names the table whose earlier rows may have the names of later columns', async () => {
    const spec = await withoutHistory('doubt', [
      "INSERT INTO t VALUES (2, 'b')",
      'ALTER TABLE t RENAME COLUMN v TO x',
      "INSERT INTO t VALUES (3, 'c')",
    ]);
    const { rows, told } = await resume(spec);
    const isProven = rowMetadata === 'FULL';
    expect(rows.slice(1)).toEqual([isProven ? '{"id":2,"v":"b"}' : '{"id":2,"x":"b"}', '{"id":3,"x":"c"}']);
    expect(told.includes('schema.history.doubt')).toBe(!isProven);
  });

  it('is not needed by recovery, which goes on from the stored offset with the tables of the server', async () => {
    const spec = await withoutHistory('recovery', ["INSERT INTO t VALUES (2, 'b')"]);
    const config = { ...spec.config, snapshotMode: 'recovery' as const };
    for (const key of [2, 3]) {
      const { rows, told } = await resume({ ...spec, config });
      expect(rows).toHaveLength(key);
      expect(told).toContain('schema.history.rebuilt');
      await sql.query(`INSERT INTO t VALUES (${key + 1}, 'x')`);
    }
    const { rows, told } = await resume(spec);
    expect(rows.map((row) => /\d+/.exec(row ?? '')?.[0])).toEqual(['1', '2', '3', '4']);
    expect(told.filter((type) => type.startsWith('schema.history'))).toEqual([]);
    const elsewhere = { ...spec, config, offsetsName: 'none' };
    await expect(startPipeline(elsewhere).outcome).rejects.toMatchObject({
      code: 'RECOVERY_WITHOUT_OFFSET',
      remedy: expect.stringContaining('initial'),
    });
  });
});
