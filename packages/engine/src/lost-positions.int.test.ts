import { setTimeout as sleep } from 'node:timers/promises';
import { exclusiveStack } from '@sealane/stack/testing/exclusive-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryRows, type SqlConnection } from './source/sql.ts';
import { expectTopicEqualsTable } from './testing/equal-table.ts';
import {
  openTestDatabase,
  startPipeline,
  type TestServers,
  testSpec,
  until,
  untilCaughtUp,
} from './testing/pipeline-harness.ts';

type Database = 'mariadb' | 'mysql';
interface Server {
  readonly stack: Awaited<ReturnType<typeof exclusiveStack<'mariadb' | 'mysql' | 'kafka'>>>;
  readonly flavour: Database;
  servers: TestServers;
  sql: SqlConnection;
}

const database = 'places';
const resets = { mariadb: 'RESET MASTER', mysql: 'RESET BINARY LOGS AND GTIDS' };
let runs = 0;

/** Stops the server, starts it again, with arguments if given. */
async function restart(server: Server, extraArgs: readonly string[] = []): Promise<void> {
  server.sql.destroy();
  await server.stack.services[server.flavour].stop();
  await server.stack.services[server.flavour].start({ extraArgs });
  server.sql = await openTestDatabase(server.servers.source, database);
}

async function insert({ sql }: Server, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await sql.query(`INSERT INTO t (v) VALUES (${i})`);
}

/** A pipeline that has delivered some rows and was stopped, and a table of its own prefix. */
async function stoppedPipeline(server: Server, snapshotMode: 'initial' | 'when_needed' = 'initial') {
  runs += 1;
  const name = `places_${server.flavour}_${runs}`;
  const config = { snapshotMode, databaseIncludeList: [database] };
  const spec = testSpec(server.servers, { name, config });
  await server.sql.query('DROP TABLE IF EXISTS t');
  await server.sql.query('CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v INT)');
  await insert(server, 5);
  const first = startPipeline(spec);
  await until(first, ({ state, rowsAcknowledged }) => state === 'running' && rowsAcknowledged === 5);
  await insert(server, 5);
  await untilCaughtUp(first, server.sql);
  await first.pipeline.stop();
  return { spec, topic: `${name}.${database}.t` };
}

type Stopped = Awaited<ReturnType<typeof stoppedPipeline>>;

/** Lets the pipeline go on until it has everything; expects that it needed no snapshot and repeated nothing. */
async function expectItGoesOn(server: Server, { spec, topic }: Stopped, records: number): Promise<void> {
  const running = startPipeline(spec);
  await untilCaughtUp(running, server.sql);
  await running.pipeline.stop();
  expect(running.states).not.toContain('snapshotting');
  const { kafka } = server.servers;
  expect(await expectTopicEqualsTable(server.sql, { kafka, topic, table: 't' })).toBe(records);
}

/** Expects the loud end, with what is wanted and what there is. */
async function expectLoss(server: Server, { spec }: Stopped, code: string): Promise<void> {
  const offset = /binlog\.0\d+/;
  await expect(until(startPipeline(spec), () => false, 30_000)).rejects.toMatchObject({
    code,
    retriable: false,
    remedy: expect.stringContaining('when_needed'),
    details: {
      wanted: expect.stringMatching(/GTID \S+|binlog\.\d+:\d+/),
      available: expect.stringMatching(offset),
    },
  });
  expect(server.flavour).toBe(spec.flavor);
}

/** Expects that the same pipeline, told to, takes a new snapshot by itself and then has every row. */
async function expectNewSnapshot(server: Server, { spec, topic }: Stopped): Promise<void> {
  const config = { ...spec.config, snapshotMode: 'when_needed' as const };
  const running = startPipeline({ ...spec, config });
  await untilCaughtUp(running, server.sql);
  await insert(server, 3);
  await untilCaughtUp(running, server.sql);
  await running.pipeline.stop();
  expect(running.states).toContain('snapshotting');
  expect(running.notices.map(({ type }) => type)).toContain('position.lost');
  const { kafka } = server.servers;
  await expectTopicEqualsTable(server.sql, { kafka, topic, table: 't' });
}

/** A file that a dump of before still holds open is not purged at once. */
async function purge({ sql }: Server): Promise<void> {
  await sql.query('FLUSH BINARY LOGS');
  for (let files = await binlogFiles(sql); files.length > 1; files = await binlogFiles(sql)) {
    await sql.query(`PURGE BINARY LOGS TO '${files.at(-1)}'`);
    await sleep(100);
  }
}

async function binlogFiles(sql: SqlConnection): Promise<string[]> {
  return (await queryRows(sql, 'SHOW BINARY LOGS')).map((row) => String(row.get('Log_name')));
}

describe.each<Database>(['mariadb', 'mysql'])('a stopped pipeline and a %s', (flavour) => {
  let server: Server;

  beforeAll(async () => {
    const stack = await exclusiveStack([flavour, 'kafka']);
    const servers = { source: stack.services[flavour].address, kafka: stack.services.kafka.address };
    server = { stack, flavour, servers, sql: await openTestDatabase(servers.source, database) };
  });

  afterAll(async () => {
    server?.sql.destroy();
    await server?.stack.stop();
  });

  it('that was restarted and rotated its binlog: goes on, nothing missing, nothing twice', async () => {
    const stopped = await stoppedPipeline(server);
    await insert(server, 5);
    await restart(server);
    await insert(server, 5);
    await server.sql.query('FLUSH BINARY LOGS');
    await insert(server, 5);
    await expectItGoesOn(server, stopped, 25);
  });

  it('that has nothing new, or has purged only what was delivered: goes on', async () => {
    const stopped = await stoppedPipeline(server);
    const idle = startPipeline(stopped.spec);
    await until(
      idle,
      ({ state, lastSourceContactAtMs }) => state === 'running' && lastSourceContactAtMs !== null,
    );
    await idle.pipeline.stop();
    await purge(server);
    await insert(server, 2);
    await expectItGoesOn(server, stopped, 12);
  });

  it('that purged what was not delivered: fails loudly; when_needed takes a new snapshot', async () => {
    const stopped = await stoppedPipeline(server);
    await insert(server, 5);
    await purge(server);
    await insert(server, 5);
    await expectLoss(server, stopped, 'BINLOG_POSITION_PURGED');
    await expectNewSnapshot(server, stopped);
  });

  it.each([0, 3, 200])('that was reset and has made %d transactions since: the same', async (count) => {
    const stopped = await stoppedPipeline(server);
    await server.sql.query(resets[flavour]);
    await server.sql.query('FLUSH BINARY LOGS');
    await insert(server, count);
    await expectLoss(server, stopped, 'BINLOG_POSITION_INVALID');
    await expectNewSnapshot(server, stopped);
  });

  it('that is reset under a running pipeline: never looks as if all were well', async () => {
    const stopped = await stoppedPipeline(server);
    const running = startPipeline(stopped.spec);
    await until(
      running,
      ({ state, lastSourceContactAtMs }) => state === 'running' && lastSourceContactAtMs !== null,
    );
    await server.sql.query(resets[flavour]);
    await insert(server, 3);
    const ended = await until(running, () => false, 45_000).catch((thrown: unknown) => thrown);
    expect(ended).toMatchObject({ code: expect.stringMatching(/^BINLOG_/) });
    await expectLoss(server, stopped, 'BINLOG_POSITION_INVALID');
  });
});
