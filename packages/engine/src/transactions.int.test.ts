import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';
import { exclusiveStack } from '@sealane/stack/testing/exclusive-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlConnection } from './source/sql.ts';
import { expectTopicEqualsTable } from './testing/equal-table.ts';
import {
  openTestDatabase,
  readTopic,
  startPipeline,
  type TestServers,
  testSpec,
  until,
  untilCaughtUp,
} from './testing/pipeline-harness.ts';
import { writeStoredOffset } from './testing/stored-offset.ts';

type Flavour = 'mariadb' | 'mysql';

describe.each<Flavour>(['mariadb', 'mysql'])('what a %s logs', (flavour) => {
  let stack: Awaited<ReturnType<typeof exclusiveStack<'mariadb' | 'mysql' | 'kafka'>>>;
  let servers: TestServers;
  let sql: SqlConnection;
  let other: SqlConnection;
  let database = '';
  let runs = 0;

  beforeAll(async () => {
    stack = await exclusiveStack([flavour, 'kafka'], { [flavour]: { bufferPoolMegabytes: 128 } });
    servers = { source: stack.services[flavour].address, kafka: stack.services.kafka.address };
  });

  afterAll(async () => {
    sql?.destroy();
    other?.destroy();
    await stack?.stop();
  });

  /**
   * Runs `act` under a pipeline, then again under its next run; expects every table named to equal its topic after both. Returns the
   * operations on the first table.
   */
  async function captured(
    act: (round: number) => Promise<void>,
    options: { tables?: readonly string[]; config?: Partial<PipelineConfigInput> } = {},
  ): Promise<string> {
    const tables = options.tables ?? ['t'];
    const spec = testSpec(servers, {
      name: database,
      config: { snapshotMode: 'no_data', ...options.config },
    });
    for (const round of [1, 2]) {
      const running = startPipeline(spec);
      await until(running, ({ state, position }) => state === 'running' && position !== null);
      await act(round);
      await untilCaughtUp(running, sql);
      await running.pipeline.stop();
      for (const table of tables) {
        const topic = `${database}.${database}.${table}`;
        await expectTopicEqualsTable(sql, { kafka: servers.kafka, topic, table });
      }
    }
    const records = await readTopic(servers.kafka, `${database}.${database}.${tables[0]}`);
    return records.map(({ value }) => /"op":"(.)"/.exec(value?.toString() ?? '')?.[1] ?? '-').join('');
  }

  async function fresh(...statements: string[]): Promise<void> {
    sql?.destroy();
    other?.destroy();
    runs += 1;
    database = `logged_${flavour}_${runs}`;
    sql = await openTestDatabase(servers.source, database);
    other = await openTestDatabase(servers.source, database);
    await run('CREATE TABLE t (id INT PRIMARY KEY, v INT)', ...statements);
  }

  async function run(...statements: string[]): Promise<void> {
    for (const statement of statements) await sql.query(statement);
  }

  it('REPLACE, ON DUPLICATE KEY UPDATE, LOAD DATA', async () => {
    await fresh();
    const file = join(tmpdir(), `sealane-${randomUUID()}.csv`);
    const act = async (round: number): Promise<void> => {
      await run(
        `INSERT INTO t VALUES (${round}, 1)`,
        `REPLACE INTO t VALUES (${round}, 2), (${round + 10}, 2)`,
        `INSERT INTO t VALUES (${round}, 9), (${round + 20}, 9) ON DUPLICATE KEY UPDATE v = v + 1`,
      );
      if (round === 1) await run(`SELECT 101, 7 UNION SELECT 102, 8 INTO OUTFILE '${file}'`);
      await run(`LOAD DATA INFILE '${file}' REPLACE INTO TABLE t`);
    };
    expect(await captured(act)).toMatch(/^c(?:u|d-c)cuccc/);
    await rm(file);
  });

  it('savepoints, and transactions that were rolled back', async () => {
    await fresh();
    const act = (round: number): Promise<void> =>
      run(
        'BEGIN',
        `INSERT INTO t VALUES (${round}, 1)`,
        'SAVEPOINT a',
        `INSERT INTO t VALUES (${round + 10}, 1)`,
        'ROLLBACK TO a',
        `INSERT INTO t VALUES (${round + 20}, 1)`,
        'COMMIT',
        'BEGIN',
        `INSERT INTO t VALUES (${round + 30}, 1)`,
        'ROLLBACK',
      );
    expect(await captured(act)).toBe('cccc');
  });

  it('MyISAM rows of a transaction that was rolled back, without the others', async ({ skip }) => {
    skip(flavour === 'mysql', 'MySQL refuses the mixture while GTIDs are on');
    await fresh('CREATE TABLE m (id INT PRIMARY KEY, v INT) ENGINE = MyISAM');
    const act = (round: number): Promise<void> =>
      run(
        'BEGIN',
        `INSERT INTO t VALUES (${round}, 1)`,
        `INSERT INTO m VALUES (${round}, 1)`,
        `UPDATE t SET v = 2 WHERE id = ${round}`,
        'ROLLBACK',
        `INSERT INTO t VALUES (${round + 10}, 1)`,
      );
    await captured(act, { tables: ['m'] });
    const records = await readTopic(servers.kafka, `${database}.${database}.t`);
    expect(records.map(({ key }) => key?.toString())).toEqual(['{"id":11}', '{"id":12}']);
  });

  it('triggers, with the rows that they write', async () => {
    await fresh(
      'CREATE TABLE l (id INT PRIMARY KEY, v INT)',
      'CREATE TRIGGER note AFTER INSERT ON t FOR EACH ROW INSERT INTO l VALUES (NEW.id, NEW.v)',
    );
    const act = (round: number): Promise<void> =>
      run(`INSERT INTO t VALUES (${round}, 1), (${round + 10}, 2)`);
    expect(await captured(act, { tables: ['t', 'l'] })).toBe('cccc');
  });

  it('UPDATE and DELETE of several tables', async () => {
    await fresh('CREATE TABLE l (id INT PRIMARY KEY, v INT)');
    const act = (round: number): Promise<void> =>
      run(
        `INSERT INTO t VALUES (${round}, 1), (${round + 10}, 1)`,
        `INSERT INTO l VALUES (${round}, 1), (${round + 10}, 1)`,
        `UPDATE t JOIN l ON t.id = l.id SET t.v = 2, l.v = 3 WHERE t.id IN (${round}, ${round + 10})`,
        `DELETE t, l FROM t JOIN l USING (id) WHERE t.id = ${round}`,
      );
    expect(await captured(act, { tables: ['t', 'l'] })).toBe('ccuud-ccuud-');
  });

  it('UPDATE and DELETE of a portion of a period, with the rows that it splits', async ({ skip }) => {
    skip(flavour === 'mysql', 'MySQL has no periods');
    await fresh(
      'CREATE TABLE p (id INT, v INT, a DATE, b DATE, PERIOD FOR valid (a, b), PRIMARY KEY (id, a, b))',
    );
    const act = (round: number): Promise<void> =>
      run(
        `INSERT INTO t VALUES (${round}, 1)`,
        `INSERT INTO p VALUES (${round}, 1, '2020-01-01', '2020-12-31')`,
        `DELETE FROM p FOR PORTION OF valid FROM '2020-03-01' TO '2020-04-01' WHERE id = ${round}`,
        `UPDATE p FOR PORTION OF valid FROM '2020-06-01' TO '2020-07-01' SET v = 2 WHERE id = ${round}`,
      );
    await captured(act);
    const records = await readTopic(servers.kafka, `${database}.${database}.p`);
    const newest = new Map(records.map(({ key, value }) => [key?.toString(), value?.toString()]));
    const rows = [...newest.values()].flatMap((value) => /"after":(\{.*?\})/.exec(value ?? '')?.[1] ?? []);
    const day = (date: string): number => Date.parse(date) / 86_400_000;
    const row = (id: number, v: number, [a, b]: [string, string]): string =>
      `{"id":${id},"v":${v},"a":${day(a)},"b":${day(b)}}`;
    const wanted = [1, 2].flatMap((id) => [
      row(id, 1, ['2020-01-01', '2020-03-01']),
      row(id, 1, ['2020-04-01', '2020-06-01']),
      row(id, 2, ['2020-06-01', '2020-07-01']),
      row(id, 1, ['2020-07-01', '2020-12-31']),
    ]);
    expect(rows.sort()).toEqual(wanted.sort());
  });

  it('INSERT DELAYED, which MySQL takes for an INSERT', async () => {
    await fresh('CREATE TABLE m (id INT PRIMARY KEY, v INT) ENGINE = MyISAM');
    const act = async (round: number): Promise<void> => {
      await run(`INSERT DELAYED INTO m VALUES (${round}, 1), (${round + 10}, 2)`);
      if (flavour === 'mariadb') await run('FLUSH TABLES m');
    };
    expect(await captured(act, { tables: ['m'] })).toBe('cccc');
  });

  it('LOAD DATA LOCAL', async () => {
    await fresh();
    await run('SET GLOBAL local_infile = ON');
    const act = async (round: number): Promise<void> => {
      await sql.query({
        sql: "LOAD DATA LOCAL INFILE 'any' INTO TABLE t",
        infileStreamFactory: () => Readable.from([Buffer.from(`${round}\t1\n${round + 10}\t2\n`)]),
      });
    };
    expect(await captured(act)).toBe('cccc');
  });

  it('what InnoDB changes for a foreign key: from MySQL 9.6 on, and not on MariaDB', async () => {
    await fresh(
      'CREATE TABLE child (id INT PRIMARY KEY, v INT, FOREIGN KEY (v) REFERENCES t (id) ON DELETE CASCADE ON UPDATE CASCADE)',
    );
    const act = (round: number): Promise<void> =>
      run(
        `INSERT INTO t VALUES (${round}, 1), (${round + 10}, 1)`,
        `INSERT INTO child VALUES (${round}, ${round}), (${round + 10}, ${round + 10})`,
        `UPDATE t SET id = ${round + 20} WHERE id = ${round}`,
        `DELETE FROM t WHERE id = ${round + 10}`,
      );
    await captured(act);
    const records = await readTopic(servers.kafka, `${database}.${database}.child`);
    const operations = records.map(({ value }) => /"op":"(.)"/.exec(value?.toString() ?? '')?.[1] ?? '-');
    expect(operations.join('')).toBe(flavour === 'mysql' ? 'ccud-ccud-' : 'cccc');
  });

  it('nothing of a session that keeps its changes out of the binlog', async () => {
    await fresh();
    const spec = testSpec(servers, { name: database, config: { snapshotMode: 'no_data' } });
    const running = startPipeline(spec);
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await run('INSERT INTO t VALUES (1, 1)', 'SET SESSION sql_log_bin = 0', 'INSERT INTO t VALUES (2, 1)');
    await run('SET SESSION sql_log_bin = 1', 'UPDATE t SET v = 2 WHERE id = 2');
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    const records = await readTopic(servers.kafka, `${database}.${database}.t`);
    expect(records.map(({ key }) => key?.toString())).toEqual(['{"id":1}', '{"id":2}']);
    expect(records[1]?.value?.toString()).toContain('"before":{"id":2,"v":1}');
  });

  it('rows of MINIMAL images, set for the whole server while it streams: the pipeline stops, then goes on anew', async () => {
    await fresh();
    const spec = testSpec(servers, { name: database });
    const running = startPipeline(spec);
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await run('INSERT INTO t VALUES (1, 1)', "SET GLOBAL binlog_row_image = 'MINIMAL'");
    other.destroy();
    other = await openTestDatabase(servers.source, database);
    await other.query('UPDATE t SET v = 2');
    const incomplete = { code: 'BINLOG_ROW_IMAGE_INCOMPLETE' };
    await expect(until(running, () => false, 20_000)).rejects.toMatchObject(incomplete);
    const refused = { code: 'BINLOG_ROW_IMAGE_NOT_FULL', retriable: true };
    await expect(startPipeline(spec).outcome).rejects.toMatchObject(refused);
    await run("SET GLOBAL binlog_row_image = 'FULL'");
    await expect(until(startPipeline(spec), () => false, 20_000)).rejects.toMatchObject(incomplete);
    await writeStoredOffset(spec, null);
    const anew = startPipeline(spec);
    await untilCaughtUp(anew, sql);
    await anew.pipeline.stop();
    await expectTopicEqualsTable(sql, {
      kafka: servers.kafka,
      topic: `${database}.${database}.t`,
      table: 't',
    });
  });

  it('XA transactions: committed later by another session, with other transactions in between', async () => {
    await fresh();
    const act = async (round: number): Promise<void> => {
      await run(
        `XA START 'x${round}'`,
        `INSERT INTO t VALUES (${round}, 1)`,
        `XA END 'x${round}'`,
        `XA PREPARE 'x${round}'`,
      );
      await other.query(`INSERT INTO t VALUES (${round + 10}, 1)`);
      await run(`XA COMMIT 'x${round}'`, `INSERT INTO t VALUES (${round + 20}, 1)`);
    };
    expect(await captured(act, { config: { provideTransactionMetadata: true } })).toBe('cccccc');
    const log = await readTopic(servers.kafka, `${database}.transaction`);
    const statuses = log.map(({ value }) => /"status":"(\w+)"/.exec(value?.toString() ?? '')?.[1]);
    const count = (wanted: string): number => statuses.filter((status) => status === wanted).length;
    // On MariaDB each XA COMMIT has a GTID of its own, of which Debezium tells a BEGIN too.
    expect(count('BEGIN') - count('END')).toBe(flavour === 'mariadb' ? 2 : 0);
  });

  it('XA transactions that were prepared and then rolled back: their rows came with PREPARE, as with Debezium', async () => {
    await fresh();
    const spec = testSpec(servers, { name: database, config: { snapshotMode: 'no_data' } });
    const running = startPipeline(spec);
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await run(
      "XA START 'x'",
      'INSERT INTO t VALUES (1, 1)',
      "XA END 'x'",
      "XA PREPARE 'x'",
      "XA ROLLBACK 'x'",
    );
    await run('INSERT INTO t VALUES (2, 1)');
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    const records = await readTopic(servers.kafka, `${database}.${database}.t`);
    expect(records.map(({ key }) => key?.toString())).toEqual(['{"id":1}', '{"id":2}']);
  });

  it('compressed transactions and rows', async () => {
    await fresh();
    const isMysql = flavour === 'mysql';
    const act = async (round: number): Promise<void> => {
      const switched = isMysql ? 'SESSION binlog_transaction_compression' : 'GLOBAL log_bin_compress';
      const rows = Array.from({ length: 500 }, (_, i) => `(${round * 1000 + i}, 1)`).join(',');
      await run(
        `SET ${switched} = ON`,
        `INSERT INTO t VALUES ${rows}`,
        `UPDATE t SET v = v + 1 WHERE id >= ${round * 1000}`,
        `SET ${switched} = OFF`,
        `INSERT INTO t VALUES (${round}, 1)`,
      );
    };
    expect((await captured(act)).length).toBe(2002);
  });
});
