import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryRows, type SqlConnection } from './source/sql.ts';
import { expectTopicEqualsTable } from './testing/equal-table.ts';
import { type OwnSource, ownSource } from './testing/own-source.ts';
import {
  openTestDatabase,
  startPipeline,
  type TestServers,
  testSpec,
  until,
  untilCaughtUp,
} from './testing/pipeline-harness.ts';
import { readStoredOffset, writeStoredOffset } from './testing/stored-offset.ts';

const variants = [
  ['mysql', {}],
  ['mariadb', { release: '10.11' }],
  ['mariadb', { release: '11.8' }],
] as const;

async function insert(sql: SqlConnection, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await sql.query(`INSERT INTO t (v) VALUES (${i})`);
}

describe.each(variants)('an encrypted binlog of %s %o', (flavor, options) => {
  const name = uniqueName('secret');
  let source: OwnSource;
  let servers: TestServers;
  let sql: SqlConnection;
  let spec: PipelineRunSpec;

  beforeAll(async () => {
    source = await ownSource(flavor, { ...options, encryptedBinlog: true });
    servers = source.servers;
    sql = await openTestDatabase(servers.source, name);
    await sql.query('CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v INT)');
    spec = testSpec(servers, { name });
  });

  afterAll(async () => {
    sql?.destroy();
    await source?.stop();
  });

  async function runWhile(act: () => Promise<unknown>): Promise<string> {
    const running = startPipeline(spec);
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await act();
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    return (await readStoredOffset(spec)) ?? '';
  }

  async function records(): Promise<number> {
    return expectTopicEqualsTable(sql, { kafka: servers.kafka, topic: `${name}.${name}.t`, table: 't' });
  }

  async function newestFile(): Promise<{ file: string; size: number }> {
    const row = (await queryRows(sql, 'SHOW BINARY LOGS')).at(-1);
    return { file: String(row?.get('Log_name')), size: Number(row?.get('File_size')) };
  }

  it('streams, also across a rotation, and goes on where it was stopped', async () => {
    await runWhile(async () => {
      await insert(sql, 3);
      await sql.query('FLUSH BINARY LOGS');
      await insert(sql, 3);
    });
    const { file } = await newestFile();
    const bytes = await readFile(join(dirname(servers.source.socketPath ?? ''), 'data', file));
    expect(bytes.length).toBeGreaterThan(500);
    expect(bytes.includes(name)).toBe(false);
    await insert(sql, 2);
    await runWhile(() => insert(sql, 2));
    expect(await records()).toBe(10);
  });

  it('goes on after the server was restarted, which begins another file under another key', async () => {
    await insert(sql, 2);
    sql.destroy();
    await source.server.stop();
    await source.server.start();
    sql = await openTestDatabase(servers.source, name);
    if (flavor === 'mysql') await sql.query('ALTER INSTANCE ROTATE BINLOG MASTER KEY');
    await runWhile(() => insert(sql, 2));
    expect(await records()).toBe(14);
  });

  it('begins at a place by file and position alone, the end of the file among them', async () => {
    const { file, pos } = JSON.parse(await runWhile(() => insert(sql, 1)));
    const events = await queryRows(sql, `SHOW BINLOG EVENTS IN '${file}'`);
    expect(events.map((event) => Number(event.get('End_log_pos')))).toContain(pos);
    await writeStoredOffset(spec, { file, pos });
    await runWhile(() => insert(sql, 2));
    const before = await records();
    await writeStoredOffset(spec, { file, pos });
    await runWhile(() => insert(sql, 1));
    expect(await records()).toBe(before + 3);
  });

  it('knows a place where no event begins, and one behind the end of the file', async () => {
    const { file, pos } = JSON.parse(await runWhile(() => insert(sql, 1)));
    await insert(sql, 1);
    const { size } = await newestFile();
    for (const wrong of [pos - 3, size - 200, size + 1000]) {
      await writeStoredOffset(spec, { file, pos: wrong });
      await expect(until(startPipeline(spec), () => false, 20_000)).rejects.toMatchObject({
        code: 'BINLOG_POSITION_INVALID',
        details: { wanted: `${file}:${wrong}` },
      });
    }
  });
});
