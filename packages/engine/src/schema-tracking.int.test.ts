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

type Flavor = 'mariadb' | 'mysql';
const variants = (['mariadb', 'mysql'] as const).flatMap((flavor) =>
  (['MINIMAL', 'FULL'] as const).map((rowMetadata) => ({ flavor, rowMetadata })),
);

describe.each(variants)('$flavor with binlog_row_metadata=$rowMetadata', ({ flavor, rowMetadata }) => {
  let stop: () => Promise<void> = async () => undefined;
  let servers: TestServers;
  let sql: SqlConnection;

  beforeAll(async () => {
    const stack = await exclusiveStack<Flavor | 'kafka'>([flavor, 'kafka'], { [flavor]: { rowMetadata } });
    stop = () => stack.stop();
    servers = { source: stack.services[flavor].address, kafka: stack.services.kafka.address };
  });

  afterAll(async () => {
    sql?.destroy();
    await stop();
  });

  /** A database with table `t`, of which a pipeline has streamed a first row and was stopped. */
  async function stoppedPipeline(name: string, config: Parameters<typeof testSpec>[1]['config'] = {}) {
    sql?.destroy();
    sql = await openTestDatabase(servers.source, name);
    await sql.query('CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(9))');
    const spec = testSpec(servers, { name, config: { tableIncludeList: [`${name}\\.t`], ...config } });
    const running = startPipeline(spec);
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await sql.query("INSERT INTO t VALUES (1, 'a')");
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    return spec;
  }

  /** Streams what was written meanwhile and gives the rows of `t` as delivered. */
  async function resume(spec: ReturnType<typeof testSpec>) {
    const running = startPipeline(spec);
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    return { rows: await rowsOf(spec), notices: running.notices };
  }

  async function rowsOf(spec: ReturnType<typeof testSpec>): Promise<(string | undefined)[]> {
    const records = await readTopic(servers.kafka, `${spec.name}.${spec.name}.t`);
    return records.map(({ value }) => /"after":(\{.*?\}|null)/.exec(value?.toString() ?? '')?.[1]);
  }

  it('reads rows with the schema of their time after statements while it was stopped', async () => {
    const spec = await stoppedPipeline('stopped');
    await sql.query("INSERT INTO t VALUES (2, 'b')");
    await sql.query('ALTER TABLE t ADD COLUMN w INT FIRST, MODIFY v VARCHAR(30)');
    await sql.query("INSERT INTO t VALUES (3, 3, 'c')");
    await sql.query('ALTER TABLE t RENAME COLUMN v TO x, DROP COLUMN w, ADD COLUMN y BIGINT UNSIGNED');
    await sql.query("INSERT INTO t VALUES (4, 'd', 18446744073709551615)");
    await sql.query(
      'ALTER TABLE t ADD COLUMN g INT AS (id * 2) STORED AFTER id, ALTER COLUMN y SET DEFAULT 7',
    );
    await sql.query("INSERT INTO t (id, x) VALUES (5, 'e')");
    await sql.query('DROP TABLE t');
    await sql.query("CREATE TABLE t (k VARCHAR(5) PRIMARY KEY, e ENUM('x', 'y'))");
    await sql.query("INSERT INTO t VALUES ('six', 'y')");
    expect((await resume(spec)).rows).toEqual([
      '{"id":1,"v":"a"}',
      '{"id":2,"v":"b"}',
      '{"w":3,"id":3,"v":"c"}',
      '{"id":4,"x":"d","y":-1}',
      '{"id":5,"g":10,"x":"e","y":7}',
      '{"k":"six","e":"y"}',
    ]);
    await sql.query("INSERT INTO t VALUES ('seven', NULL)");
    expect((await resume(spec)).rows.at(-1)).toBe('{"k":"seven","e":null}');
  });

  it('shows the defaults of columns as of each row, also after a restart', async () => {
    const config = { keyConverterSchemasEnable: true, valueConverterSchemasEnable: true };
    const spec = await stoppedPipeline('defaults', config);
    await sql.query("ALTER TABLE t ADD COLUMN w INT NOT NULL DEFAULT 7, ALTER COLUMN v SET DEFAULT 'x'");
    await sql.query('INSERT INTO t (id) VALUES (2)');
    await resume(spec);
    await sql.query("ALTER TABLE t ALTER COLUMN v SET DEFAULT 'y'");
    await sql.query('INSERT INTO t (id, v) VALUES (3, NULL)');
    await resume(spec);
    await sql.query('INSERT INTO t (id) VALUES (4)');
    await resume(spec);
    const records = await readTopic(servers.kafka, 'defaults.defaults.t');
    const seen = records.map(({ value }) => {
      const text = value?.toString() ?? '';
      const defaults = [...text.matchAll(/"default":([^,]+),"field":"[vw]"/g)].map(([, json]) => json);
      return [/"after":(\{.*?\})/.exec(text)?.[1], defaults.slice(0, defaults.length / 2)];
    });
    expect(seen).toEqual([
      ['{"id":1,"v":"a"}', []],
      ['{"id":2,"v":"x","w":7}', ['"x"', '7']],
      ['{"id":3,"v":"y","w":7}', ['"y"', '7']],
      ['{"id":4,"v":"y","w":7}', ['"y"', '7']],
    ]);
  });

  it('keeps up with statements while rows wait', async () => {
    const spec = await stoppedPipeline('lagging');
    const running = startPipeline(spec);
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    running.pipeline.pause();
    for (let column = 1; column <= 5; column += 1) {
      await sql.query(`INSERT INTO t (id) VALUES (${10 + column})`);
      await sql.query(`ALTER TABLE t ADD COLUMN c${column} INT DEFAULT ${column} AFTER id`);
    }
    await sql.query('INSERT INTO t (id) VALUES (20)');
    running.pipeline.resume();
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    const rows = await rowsOf(spec);
    expect(rows.slice(1, 4)).toEqual([
      '{"id":11,"v":null}',
      '{"id":12,"c1":1,"v":null}',
      '{"id":13,"c2":2,"c1":1,"v":null}',
    ]);
    expect(rows.at(-1)).toBe('{"id":20,"c5":5,"c4":4,"c3":3,"c2":2,"c1":1,"v":null}');
  });

  it('follows the rename swap of an online schema change', async () => {
    const spec = await stoppedPipeline('swap');
    await sql.query('CREATE TABLE _t_gho LIKE t');
    await sql.query('ALTER TABLE _t_gho ADD COLUMN extra INT NOT NULL DEFAULT 5 AFTER id');
    await sql.query('INSERT INTO _t_gho (id, v) SELECT id, v FROM t');
    await sql.query("INSERT INTO t VALUES (2, 'before')");
    await sql.query('RENAME TABLE t TO _t_del, _t_gho TO t');
    await sql.query("INSERT INTO t (id, v) VALUES (3, 'after')");
    await sql.query('DROP TABLE _t_del');
    await sql.query("UPDATE t SET v = 'last' WHERE id = 3");
    expect((await resume(spec)).rows).toEqual([
      '{"id":1,"v":"a"}',
      '{"id":2,"v":"before"}',
      '{"id":3,"extra":5,"v":"after"}',
      '{"id":3,"extra":5,"v":"last"}',
    ]);
  });

  it('takes the rows of CREATE TABLE … SELECT', async () => {
    const spec = await stoppedPipeline('selected');
    await sql.query('DROP TABLE t');
    await sql.query("CREATE TABLE t AS SELECT 7 AS id, 'x' AS v, 1.50 AS price");
    await sql.query("INSERT INTO t VALUES (8, 'y', 2)");
    const { rows } = await resume(spec);
    expect(rows.slice(-2)).toEqual(['{"id":7,"v":"x","price":"AJY="}', '{"id":8,"v":"y","price":"AMg="}']);
  });

  it('is not stopped by what concerns no captured table', async () => {
    const spec = await stoppedPipeline('others');
    await sql.query('CREATE TABLE other (id INT PRIMARY KEY) COMMENT "a"');
    await sql.query('CREATE VIEW seen AS SELECT * FROM t');
    await sql.query('CREATE PROCEDURE p() BEGIN SELECT 1; END');
    await sql.query('CREATE TRIGGER g BEFORE INSERT ON other FOR EACH ROW SET NEW.id = 1');
    await sql.query('INSERT INTO other VALUES (5)');
    if (flavor === 'mariadb') await sql.query('ALTER TABLE other ADD SYSTEM VERSIONING');
    await sql.query("INSERT INTO t VALUES (2, 'b')");
    expect((await resume(spec)).rows).toEqual(['{"id":1,"v":"a"}', '{"id":2,"v":"b"}']);
  });

  it('makes a lost history anew from the server', async () => {
    const spec = await stoppedPipeline('lost');
    await sql.query("INSERT INTO t VALUES (2, 'b')");
    const config = { ...spec.config, schemaHistoryTopic: 'lost-elsewhere' };
    const { rows, notices } = await resume({ ...spec, config });
    expect(rows).toEqual(['{"id":1,"v":"a"}', '{"id":2,"v":"b"}']);
    expect(notices.map(({ type }) => type)).toContain('schema.history.rebuilt');
    await sql.query('ALTER TABLE t ADD COLUMN w INT');
    await sql.query("INSERT INTO t VALUES (3, 'c', 3)");
    const again = await resume({ ...spec, config });
    expect(again.rows.at(-1)).toBe('{"id":3,"v":"c","w":3}');
    expect(again.notices.map(({ type }) => type)).not.toContain('schema.history.rebuilt');
  });

  it('never reads a row with a schema that is not proven, when the history is lost and the table has changed since', async () => {
    const spec = await stoppedPipeline('unproven');
    await sql.query("INSERT INTO t VALUES (2, 'b')");
    await sql.query('ALTER TABLE t ADD COLUMN w INT FIRST');
    await sql.query("INSERT INTO t VALUES (3, 3, 'c')");
    const config = { ...spec.config, schemaHistoryTopic: 'unproven-elsewhere' };
    if (rowMetadata === 'FULL') {
      expect((await resume({ ...spec, config })).rows).toEqual([
        '{"id":1,"v":"a"}',
        '{"id":2,"v":"b"}',
        '{"w":3,"id":3,"v":"c"}',
      ]);
      return;
    }
    await expect(startPipeline({ ...spec, config }).outcome).rejects.toMatchObject({
      code: 'TABLE_SCHEMA_MISMATCH',
      retriable: false,
      remedy: expect.stringContaining('binlog_row_metadata = FULL'),
    });
    expect(await rowsOf(spec)).toEqual(['{"id":1,"v":"a"}']);
  });

  if (rowMetadata === 'MINIMAL') {
    it('leaves out rows without a proven schema and goes on where inconsistent.schema.handling.mode says so', async () => {
      const spec = await stoppedPipeline('tolerant');
      await sql.query('SET SESSION sql_log_bin = 0');
      await sql.query('ALTER TABLE t ADD COLUMN w INT');
      await sql.query('SET SESSION sql_log_bin = 1');
      await sql.query("INSERT INTO t VALUES (2, 'hidden', 2)");
      await sql.query('DROP TABLE t');
      await sql.query('CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(9))');
      await sql.query("INSERT INTO t VALUES (3, 'known')");
      await expect(startPipeline(spec).outcome).rejects.toMatchObject({ code: 'TABLE_SCHEMA_MISMATCH' });
      const config = { ...spec.config, inconsistentSchemaHandlingMode: 'warn' } as const;
      const { rows, notices } = await resume({ ...spec, config });
      expect(rows).toEqual(['{"id":1,"v":"a"}', '{"id":3,"v":"known"}']);
      expect(notices.filter(({ type }) => type === 'schema.inconsistent')).toEqual([
        expect.objectContaining({
          level: 'warn',
          error: expect.objectContaining({ message: expect.stringContaining('tolerant.t') }),
        }),
      ]);
    });
  }

  if (rowMetadata === 'MINIMAL') {
    it('stops at rows behind a statement that does not fit its table, naming it, when the table has changed since', async () => {
      const spec = await stoppedPipeline('untold');
      await sql.query('SET SESSION sql_log_bin = 0');
      await sql.query('ALTER TABLE t ADD COLUMN w INT');
      await sql.query('SET SESSION sql_log_bin = 1');
      const statement = 'ALTER TABLE t MODIFY w BIGINT';
      await sql.query(statement);
      await sql.query("INSERT INTO t VALUES (2, 'b', 2)");
      await sql.query('ALTER TABLE t ADD COLUMN x INT FIRST');
      await expect(startPipeline(spec).outcome).rejects.toMatchObject({
        code: 'TABLE_SCHEMA_MISMATCH',
        why: expect.stringContaining(`“${statement}” could not be followed`),
        details: { table: 't', statement },
      });
      expect(await rowsOf(spec)).toEqual(['{"id":1,"v":"a"}']);
    });
  }

  if (flavor === 'mariadb') {
    it('follows a table that gets columns for the time of its rows', async () => {
      const spec = await stoppedPipeline('periods');
      await sql.query("INSERT INTO t VALUES (2, 'b')");
      await sql.query(
        'ALTER TABLE t ADD COLUMN s TIMESTAMP(6) GENERATED ALWAYS AS ROW START, ADD COLUMN e TIMESTAMP(6) GENERATED ALWAYS AS ROW END, ADD PERIOD FOR SYSTEM_TIME(s, e), ADD SYSTEM VERSIONING',
      );
      await sql.query("INSERT INTO t (id, v) VALUES (3, 'c')");
      const { rows } = await resume(spec);
      expect(rows.slice(0, 2)).toEqual(['{"id":1,"v":"a"}', '{"id":2,"v":"b"}']);
      expect(rows.at(-1)).toMatch(/^\{"id":3,"v":"c","s":/);
    });
  }
});
