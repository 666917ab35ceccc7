import { SealaneError } from '@sealane/errors/sealane-error';
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

const name = 'recovery';
let stack: Awaited<ReturnType<typeof exclusiveStack<'mariadb' | 'kafka'>>>;
let servers: TestServers;
let sql: SqlConnection;

beforeAll(async () => {
  stack = await exclusiveStack(['mariadb', 'kafka']);
  servers = { source: stack.services.mariadb.address, kafka: stack.services.kafka.address };
  sql = await openTestDatabase(servers.source, name);
  await sql.query('CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v INT)');
});

afterAll(async () => {
  sql?.destroy();
  await stack?.stop();
});

async function distinctKeys(): Promise<number> {
  const records = await readTopic(servers.kafka, `${name}.${name}.t`);
  return new Set(records.map(({ key }) => key?.toString())).size;
}

describe('a pipeline whose servers go away', () => {
  it('waits for a Kafka that is down, says so, and delivers everything when it is back', async () => {
    const running = startPipeline(testSpec(servers, { name, config: { snapshotMode: 'no_data' } }));
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await sql.query('INSERT INTO t (v) SELECT seq FROM seq_1_to_1000');
    await until(running, ({ rowsAcknowledged }) => rowsAcknowledged === 1000);
    await stack.services.kafka.stop();
    await sql.query('INSERT INTO t (v) SELECT seq FROM seq_1_to_1000');
    const waiting = await until(running, ({ waitingFor }) => waitingFor?.stage === 'kafka');
    expect(waiting.lag.totalMs === null || waiting.lag.totalMs >= 0).toBe(true);
    await stack.services.kafka.start();
    await until(
      running,
      ({ rowsAcknowledged, waitingFor }) => rowsAcknowledged === 2000 && waitingFor === null,
    );
    await running.pipeline.stop();
    expect(await distinctKeys()).toBe(2000);
  });

  it('ends retriably when the database goes away; the next run goes on where it was', async () => {
    const spec = testSpec(servers, { name });
    const running = startPipeline(spec);
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await sql.query('INSERT INTO t (v) SELECT seq FROM seq_1_to_1000');
    await until(running, ({ rowsAcknowledged }) => rowsAcknowledged === 1000);
    await stack.services.mariadb.stop();
    const ended = await running.outcome.catch((thrown: unknown) => thrown);
    expect(ended).toBeInstanceOf(SealaneError);
    expect(ended).toMatchObject({ code: 'BINLOG_CONNECTION_LOST', retriable: true });

    await expect(startPipeline(spec).outcome).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      retriable: true,
    });

    await stack.services.mariadb.start();
    sql.destroy();
    sql = await openTestDatabase(servers.source, name);
    await sql.query('INSERT INTO t (v) SELECT seq FROM seq_1_to_1000');
    const resumed = startPipeline(spec);
    await untilCaughtUp(resumed, sql);
    await resumed.pipeline.stop();
    expect(await distinctKeys()).toBe(4000);
    expect(resumed.states).not.toContain('snapshotting');
  });

  it('cannot start while Kafka is down, and says that a retry may help', async () => {
    await stack.services.kafka.stop();
    const running = startPipeline(testSpec(servers, { name }));
    await expect(running.outcome).rejects.toMatchObject({ code: 'KAFKA_UNREACHABLE', retriable: true });
    await stack.services.kafka.start();
  });

  it('reads schemas from the server where the binlog has no column names, and after an ALTER TABLE again', async () => {
    await stack.services.mariadb.stop();
    await stack.services.mariadb.start({ rowMetadata: 'MINIMAL' });
    sql.destroy();
    sql = await openTestDatabase(servers.source, name);
    await sql.query('CREATE TABLE minimal (id INT PRIMARY KEY, v VARCHAR(9))');
    const prefix = 'recovery_minimal';
    const config = {
      snapshotMode: 'no_data' as const,
      tableIncludeList: [`${name}.minimal`],
      databaseIncludeList: [],
    };
    const running = startPipeline(testSpec(servers, { name: prefix, config }));
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await sql.query("INSERT INTO minimal VALUES (1, 'a')");
    await until(running, ({ rowsAcknowledged }) => rowsAcknowledged === 1);
    await sql.query('ALTER TABLE minimal ADD COLUMN w INT FIRST');
    await sql.query("INSERT INTO minimal VALUES (5, 2, 'b')");
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    const records = await readTopic(servers.kafka, `${prefix}.${name}.minimal`);
    expect(records.map(({ value }) => /"after":(\{.*?\})/.exec(value?.toString() ?? '')?.[1])).toEqual([
      '{"id":1,"v":"a"}',
      '{"w":5,"id":2,"v":"b"}',
    ]);
    expect(running.notices.map(({ message }) => message).join()).toContain('binlog_row_metadata is MINIMAL');
  });

  it('refuses a server that does not log rows', async () => {
    await stack.services.mariadb.stop();
    await stack.services.mariadb.start({ extraArgs: ['--binlog-format=STATEMENT'] });
    const fresh = testSpec(servers, { name: 'recovery_statement', config: { databaseIncludeList: [name] } });
    await expect(startPipeline(fresh).outcome).rejects.toMatchObject({
      code: 'BINLOG_FORMAT_NOT_ROW',
      retriable: false,
      remedy: expect.stringContaining('SET GLOBAL binlog_format'),
    });
    const hasRunBefore = startPipeline(testSpec(servers, { name }));
    await expect(hasRunBefore.outcome).rejects.toMatchObject({
      code: 'BINLOG_FORMAT_NOT_ROW',
      retriable: true,
    });
    await stack.services.mariadb.stop();
    await stack.services.mariadb.start({ extraArgs: ['--skip-log-bin'] });
    await expect(startPipeline(fresh).outcome).rejects.toMatchObject({ code: 'BINLOG_DISABLED' });
  });
});
