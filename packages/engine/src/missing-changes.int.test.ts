import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMysql } from '@sealane/binlog/session/connect';
import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { SealaneError } from '@sealane/errors/sealane-error';
import { exclusiveStack } from '@sealane/stack/testing/exclusive-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlConnection } from './source/sql.ts';
import {
  openTestDatabase,
  type RunningPipeline,
  readTopic,
  startPipeline,
  type TestServers,
  testSpec,
  until,
  untilCaughtUp,
} from './testing/pipeline-harness.ts';
import { readStoredOffset, writeStoredOffset } from './testing/stored-offset.ts';

type Flavour = 'mariadb' | 'mysql';

describe.each<Flavour>(['mariadb', 'mysql'])('changes that a %s did not log as rows', (flavour) => {
  let stack: Awaited<ReturnType<typeof exclusiveStack<'mariadb' | 'mysql' | 'kafka'>>>;
  let servers: TestServers;
  let sql: SqlConnection;
  let runs = 0;

  beforeAll(async () => {
    stack = await exclusiveStack([flavour, 'kafka'], { [flavour]: { bufferPoolMegabytes: 128 } });
    servers = { source: stack.services[flavour].address, kafka: stack.services.kafka.address };
  });

  afterAll(async () => {
    sql?.destroy();
    await stack?.stop();
  });

  /** A database with the table `t`, one row in it, and a pipeline that has streamed it and runs. */
  async function streaming(
    config: Partial<PipelineConfigInput> = {},
    table = 'CREATE TABLE t (id INT PRIMARY KEY, v LONGTEXT)',
  ): Promise<{ spec: PipelineRunSpec; running: RunningPipeline }> {
    sql?.destroy();
    runs += 1;
    const name = `missing_${flavour}_${runs}`;
    sql = await openTestDatabase(servers.source, name);
    await sql.query(table);
    const spec = testSpec(servers, { name, config });
    const running = await resumed(spec);
    await sql.query("INSERT INTO t (id, v) VALUES (1, '1')");
    await untilCaughtUp(running, sql);
    return { spec, running };
  }

  async function resumed(spec: PipelineRunSpec, config: Partial<PipelineConfigInput> = {}) {
    const running = startPipeline({ ...spec, config: { ...spec.config, ...(config as object) } });
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    return running;
  }

  async function failure(running: RunningPipeline): Promise<SealaneError> {
    const ended = await until(running, () => false, 20_000).catch((thrown: unknown) => thrown);
    if (ended instanceof SealaneError) return ended;
    throw new Error(`It ended with ${String(ended)}`);
  }

  /** The pipeline ends with `code` before `act` is over, keeps its place and ends there again. */
  async function expectStops(
    { spec, running }: { spec: PipelineRunSpec; running: RunningPipeline },
    wanted: object,
  ): Promise<SealaneError> {
    const error = await failure(running);
    expect(error).toMatchObject({ retriable: false, ...wanted });
    const offset = await readStoredOffset(spec);
    expect(await failure(startPipeline(spec))).toMatchObject(wanted);
    expect(await readStoredOffset(spec)).toBe(offset);
    return error;
  }

  async function keys(spec: PipelineRunSpec, table = 't'): Promise<string[]> {
    const records = await readTopic(servers.kafka, `${spec.name}.${spec.name}.${table}`);
    return records.map(({ key }) => /\d+/.exec(key?.toString() ?? '')?.[0] ?? '-');
  }

  async function streamsOn(spec: PipelineRunSpec, config: Partial<PipelineConfigInput> = {}) {
    const running = startPipeline({ ...spec, config: { ...spec.config, ...(config as object) } });
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    return running.notices;
  }

  /** A statement that needs more than the cache for statements on tables without transactions: the server logs an INCIDENT. */
  async function provokeIncident(): Promise<void> {
    await sql.query('CREATE TABLE m (id INT AUTO_INCREMENT PRIMARY KEY, v LONGTEXT) ENGINE = MyISAM');
    const variables = ['max_binlog_stmt_cache_size', 'binlog_stmt_cache_size'];
    for (const name of variables) await sql.query(`SET GLOBAL ${name} = 4096`);
    const { host, port, admin } = servers.source;
    const other = await connectMysql({ host, port, ...admin });
    const values = Array.from({ length: 20 }, () => `('${'x'.repeat(2000)}')`).join(',');
    await expect(
      other.query(`INSERT INTO missing_${flavour}_${runs}.m (v) VALUES ${values}`),
    ).rejects.toThrow(/cache_size/);
    other.destroy();
    for (const name of variables)
      await sql.query(`SET GLOBAL ${name} = ${name.startsWith('max') ? 2 ** 40 : 32768}`);
  }

  const incident = {
    code: 'BINLOG_INCIDENT',
    message: expect.stringMatching(/binlog\.\d+:\d+/),
    why: expect.stringMatching(/./),
    remedy: expect.stringContaining('when_needed'),
  };

  it('INCIDENT: stops the pipeline before it, again and again, until a person accepts the loss', async () => {
    const { spec, running } = await streaming();
    await sql.query("INSERT INTO t VALUES (2, '2')");
    await provokeIncident();
    await sql.query("INSERT INTO t VALUES (3, '3')");
    await expectStops({ spec, running }, incident);
    expect(await keys(spec)).toEqual(['1', '2']);
    const notices = await streamsOn(spec, { eventProcessingFailureHandlingMode: 'warn' });
    expect(notices.filter(({ type }) => type === 'changes.missing')).toMatchObject([
      { level: 'warn', error: { code: 'BINLOG_INCIDENT' } },
    ]);
    await sql.query("INSERT INTO t VALUES (4, '4')");
    await streamsOn(spec);
    expect(await keys(spec)).toEqual(['1', '2', '3', '4']);
  });

  it('INCIDENT: goes on behind it where the offset was altered to the place that the error names', async () => {
    const { spec, running } = await streaming();
    await provokeIncident();
    await sql.query("INSERT INTO t VALUES (2, '2')");
    const { details } = await expectStops({ spec, running }, { code: 'BINLOG_INCIDENT' });
    await writeStoredOffset(spec, { file: String(details.file), pos: Number(details.position) });
    await streamsOn(spec);
    expect(await keys(spec)).toEqual(['1', '2']);
  });

  it('INCIDENT: is answered with a new snapshot, by itself or after a reset', async () => {
    const { spec, running } = await streaming();
    await provokeIncident();
    await expectStops({ spec, running }, { code: 'BINLOG_INCIDENT' });
    const notices = await streamsOn(spec, { snapshotMode: 'when_needed' });
    expect(notices.map(({ type }) => type)).toContain('position.lost');
    expect(await keys(spec)).toEqual(['1', '1']);
    await provokeAgain();
    expect(await failure(startPipeline(spec))).toMatchObject({ code: 'BINLOG_INCIDENT' });
    await writeStoredOffset(spec, null);
    await streamsOn(spec);
    expect(await keys(spec)).toEqual(['1', '1', '1']);
  });

  async function provokeAgain(): Promise<void> {
    await sql.query('DROP TABLE m');
    await provokeIncident();
  }

  const statements = [
    ['INSERT', 'INSERT INTO t VALUES (2, 2)', 't'],
    ['UPDATE', 'UPDATE `t` AS x SET v = 2', 't'],
    ['DELETE', 'DELETE FROM t WHERE id = 1', 't'],
    ['REPLACE', 'REPLACE t VALUES (1, 2)', 't'],
    ['UPDATE', 'UPDATE plain p JOIN t ON p.id = t.id SET t.v = 2', 'database'],
    ['CREATE TABLE … SELECT', 'CREATE TABLE copied AS SELECT * FROM t', 'copied'],
  ] as const;

  it.each(statements)('a session in STATEMENT format: %s stops the pipeline', async (verb, statement, of) => {
    const { spec, running } = await streaming();
    await sql.query('CREATE TABLE plain (id INT PRIMARY KEY)');
    await sql.query("SET SESSION binlog_format = 'STATEMENT'");
    await sql.query(statement);
    await expectStops(
      { spec, running },
      {
        code: 'BINLOG_STATEMENT_WITHOUT_ROWS',
        message: expect.stringContaining(of),
        why: expect.stringMatching(new RegExp(`^The ${verb} at binlog\\.\\d+:\\d+ `)),
        remedy: expect.stringContaining("SET GLOBAL binlog_format = 'ROW'"),
      },
    );
    await writeStoredOffset(spec, null);
    await streamsOn(spec);
    expect((await keys(spec)).length).toBeGreaterThan(0);
  });

  it('a session in MIXED format: what the server logs as rows comes, what it logs as a statement stops the pipeline', async () => {
    const { spec, running } = await streaming();
    await sql.query("SET SESSION binlog_format = 'MIXED'");
    await sql.query('INSERT INTO t VALUES (2, UUID())');
    await untilCaughtUp(running, sql);
    expect(await keys(spec)).toEqual(['1', '2']);
    await sql.query("UPDATE t SET v = 'safe' WHERE id = 1");
    await expectStops({ spec, running }, { code: 'BINLOG_STATEMENT_WITHOUT_ROWS' });
  });

  it('a session in STATEMENT format: LOAD DATA stops the pipeline, or is told and passed over', async () => {
    const { spec, running } = await streaming();
    const file = join(tmpdir(), `sealane-${randomUUID()}.csv`);
    await writeFile(file, '2\tx\n');
    await sql.query("SET SESSION binlog_format = 'STATEMENT'");
    await sql.query(`LOAD DATA INFILE '${file}' INTO TABLE t`);
    await sql.query("SET SESSION binlog_format = 'ROW'");
    await sql.query("INSERT INTO t VALUES (3, '3')");
    await rm(file);
    const wanted = { code: 'BINLOG_STATEMENT_WITHOUT_ROWS', why: expect.stringContaining('LOAD DATA') };
    await expectStops({ spec, running }, wanted);
    const notices = await streamsOn(spec, { eventProcessingFailureHandlingMode: 'warn' });
    expect(notices.filter(({ type }) => type === 'changes.missing')).toMatchObject([
      { message: expect.stringContaining('go'), error: wanted },
    ]);
    expect(await keys(spec)).toEqual(['1', '3']);
  });

  it('a session in STATEMENT format stops nothing with tables that are not captured', async () => {
    const { spec, running } = await streaming({ tableIncludeList: ['.*\\.t'] });
    await sql.query('CREATE TABLE other (id INT PRIMARY KEY)');
    await sql.query("SET SESSION binlog_format = 'STATEMENT'");
    await sql.query('INSERT INTO other VALUES (1)');
    await sql.query('UPDATE other SET id = 2');
    await sql.query('CREATE TABLE copied SELECT * FROM t');
    await sql.query("SET SESSION binlog_format = 'ROW'");
    await sql.query("INSERT INTO t VALUES (2, '2')");
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    expect(await keys(spec)).toEqual(['1', '2']);
  });

  it('JSON as differences to documents that are not in the log: stops the pipeline, or is told and passed over', async ({
    skip,
  }) => {
    skip(flavour === 'mariadb', 'MariaDB logs JSON whole, as text');
    const table = 'CREATE TABLE t (id INT PRIMARY KEY, v JSON)';
    const { spec, running } = await streaming({ tableExcludeList: ['.*\\.other'] }, table);
    await sql.query('CREATE TABLE other LIKE t');
    await sql.query("INSERT INTO other VALUES (1, JSON_OBJECT('a', REPEAT('x', 100)))");
    await sql.query("INSERT INTO t VALUES (2, JSON_OBJECT('a', REPEAT('x', 100), 'b', 1))");
    await sql.query("SET SESSION binlog_row_value_options = 'PARTIAL_JSON'");
    await sql.query("UPDATE t SET v = JSON_SET(v, '$.b', 2) WHERE id = 2");
    await sql.query("SET SESSION binlog_row_image = 'MINIMAL'");
    await sql.query("UPDATE other SET v = JSON_SET(v, '$.a', 'y')");
    await untilCaughtUp(running, sql);
    await sql.query("UPDATE t SET v = JSON_SET(v, '$.b', 3) WHERE id = 2");
    await sql.query("SET SESSION binlog_row_image = 'FULL'");
    await sql.query("UPDATE t SET v = JSON_SET(v, '$.b', 4) WHERE id = 2");
    const wanted = {
      code: 'BINLOG_EVENT_UNSUPPORTED',
      message: expect.stringContaining('differences'),
      why: expect.stringContaining('The before image has no v'),
      remedy: expect.stringContaining("SET GLOBAL binlog_row_image = 'FULL'"),
    };
    await expectStops({ spec, running }, wanted);
    const notices = await streamsOn(spec, { eventProcessingFailureHandlingMode: 'warn' });
    expect(notices.filter(({ type }) => type === 'changes.missing')).toMatchObject([{ error: wanted }]);
    await writeStoredOffset(spec, null);
    await streamsOn(spec);
    const records = await readTopic(servers.kafka, `${spec.name}.${spec.name}.t`);
    const own = records.filter(({ key }) => key?.toString() === '{"id":2}');
    expect(own.map(({ value }) => operation(value))).toEqual(['c', 'u', 'u', 'r']);
    expect(own.map(({ value }) => /"after":.*?"b\\":(\d)/.exec(value?.toString() ?? '')?.[1])).toEqual([
      '1',
      '2',
      '4',
      '4',
    ]);
  });

  it('MINIMAL row images of whole JSON stop the pipeline as any other, whatever the event is called', async ({
    skip,
  }) => {
    skip(flavour === 'mariadb', 'MariaDB logs JSON whole, as text');
    const { spec, running } = await streaming({}, 'CREATE TABLE t (id INT PRIMARY KEY, v JSON)');
    await sql.query("SET SESSION binlog_row_value_options = 'PARTIAL_JSON', binlog_row_image = 'MINIMAL'");
    await sql.query("UPDATE t SET v = JSON_OBJECT('a', 1)");
    await expectStops({ spec, running }, { code: 'BINLOG_ROW_IMAGE_INCOMPLETE' });
  });
});

function operation(value: Buffer | null): string | undefined {
  return /"op":"(.)"/.exec(value?.toString() ?? '')?.[1];
}
