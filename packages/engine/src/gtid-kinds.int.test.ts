import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { exclusiveStack } from '@sealane/stack/testing/exclusive-stack';
import { afterEach, describe, expect, it } from 'vitest';
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

type Flavour = 'mariadb' | 'mysql';

const name = 'kinds';
const topic = `${name}.${name}.t`;
let stop: () => Promise<void> = async () => undefined;
let servers: TestServers;
let sql: SqlConnection;

async function start(
  flavour: Flavour,
  options: { extraArgs?: readonly string[]; config?: Partial<PipelineConfigInput> } = {},
): Promise<PipelineRunSpec> {
  const server = { bufferPoolMegabytes: 128, extraArgs: options.extraArgs ?? [] };
  const stack = await exclusiveStack([flavour, 'kafka'], { [flavour]: server });
  stop = () => stack.stop();
  servers = { source: stack.services[flavour].address, kafka: stack.services.kafka.address };
  sql = await openTestDatabase(servers.source, name);
  await sql.query('CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v INT)');
  return testSpec(servers, { name, config: { ...options.config } });
}

/** Runs the pipeline while `statements` run; returns the GTIDs that were stored. */
async function runWith(spec: PipelineRunSpec, statements: readonly string[]): Promise<string | null> {
  const running = startPipeline(spec);
  await until(running, ({ state }) => state === 'running');
  for (const statement of statements) await sql.query(statement);
  await untilCaughtUp(running, sql);
  const { committedPosition } = running.pipeline.sample();
  await running.pipeline.stop();
  return committedPosition?.gtid ?? null;
}

async function recordsWhenEqual(): Promise<number> {
  return expectTopicEqualsTable(sql, { kafka: servers.kafka, topic, table: 't' });
}

const insert = 'INSERT INTO t (v) VALUES (1)';

describe('a stream that is resumed', () => {
  afterEach(async () => {
    sql?.destroy();
    await stop();
  });

  it("goes on behind MySQL's tagged GTIDs", async () => {
    const spec = await start('mysql');
    const blue = "SET gtid_next = 'AUTOMATIC:blue'";
    const untagged = "SET gtid_next = 'AUTOMATIC'";
    expect(await runWith(spec, [insert, blue, insert, insert, untagged, insert])).toMatch(/:blue:1-2$/);
    for (const statement of [blue, insert, untagged, insert]) await sql.query(statement);
    expect(await runWith(spec, [blue, insert, untagged])).toMatch(/:blue:1-4$/);
    expect(await recordsWhenEqual()).toBe(7);
  });

  it('goes on in each of several MariaDB domains, and leaves out rows of those that do not count', async () => {
    const spec = await start('mariadb');
    const [home, away] = ['SET gtid_domain_id = 0', 'SET gtid_domain_id = 5'];
    expect(await runWith(spec, [insert, away, insert, home, insert])).toMatch(/^0-1-\d+,5-1-1$/);
    for (const statement of [away, insert, insert, home, insert]) await sql.query(statement);
    expect(await runWith(spec, [insert, away, insert, home])).toMatch(/^0-1-\d+,5-1-4$/);
    expect(await recordsWhenEqual()).toBe(8);

    const config = { ...spec.config, gtidSourceExcludes: ['5-.*'] };
    await runWith({ ...spec, config }, [away, insert, home, insert]);
    const keys = (await readTopic(servers.kafka, topic)).map(({ key }) => key?.toString());
    expect(keys.slice(8)).toEqual(['{"id":10}']);
  });

  it('goes on by file and position where MySQL keeps no GTIDs, and by GTID once it keeps them', async () => {
    const gtidsOff = ['--gtid-mode=OFF', '--enforce-gtid-consistency=OFF'];
    const spec = await start('mysql', { extraArgs: gtidsOff, config: { snapshotMode: 'no_data' } });
    expect(await runWith(spec, ['CREATE TABLE m (id INT PRIMARY KEY) ENGINE = MyISAM', insert])).toBeNull();
    for (const statement of ['BEGIN', insert, 'INSERT INTO m VALUES (1)', 'ROLLBACK', insert]) {
      await sql.query(statement);
    }
    expect(await runWith(spec, [insert])).toBeNull();
    expect(await recordsWhenEqual()).toBe(3);

    await sql.query('SET GLOBAL enforce_gtid_consistency = ON');
    for (const mode of ['OFF_PERMISSIVE', 'ON_PERMISSIVE', 'ON']) {
      await sql.query(`SET GLOBAL gtid_mode = ${mode}`);
    }
    expect(await runWith(spec, [insert, 'FLUSH BINARY LOGS', insert])).toMatch(/^[0-9a-f-]{36}:1-\d+$/);
    expect(await runWith(spec, [insert])).toMatch(/^[0-9a-f-]{36}:1-\d+$/);
    expect(await recordsWhenEqual()).toBe(6);
  });

  it('fails loudly without GTIDs when the binlog was reset, or is that of another server', async () => {
    const gtidsOff = ['--gtid-mode=OFF', '--enforce-gtid-consistency=OFF'];
    const spec = await start('mysql', { extraArgs: gtidsOff });
    await runWith(spec, [insert, insert]);
    await sql.query('RESET BINARY LOGS AND GTIDS');
    const failing = startPipeline(spec);
    await expect(until(failing, () => false, 20_000)).rejects.toMatchObject({
      code: 'BINLOG_POSITION_INVALID',
      retriable: false,
      details: { wanted: expect.stringMatching(/^binlog\.\d+:\d+$/) },
    });
    for (let i = 0; i < 50; i += 1) await sql.query(insert);
    await sql.query('UPDATE t SET v = 99999');
    const refailing = startPipeline(spec);
    await expect(until(refailing, () => false, 20_000)).rejects.toMatchObject({
      code: 'BINLOG_POSITION_INVALID',
    });
  });
});
