import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
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
import { readStoredOffset, writeStoredOffset } from './testing/stored-offset.ts';

const name = 'secret';

async function insert(sql: SqlConnection, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await sql.query(`INSERT INTO t (v) VALUES (${i})`);
}

describe('an encrypted binlog of MySQL', () => {
  let stack: Awaited<ReturnType<typeof exclusiveStack<'mysql' | 'kafka'>>>;
  let servers: TestServers;
  let sql: SqlConnection;
  let spec: PipelineRunSpec;

  beforeAll(async () => {
    const options = { mysql: { bufferPoolMegabytes: 128, encryptedBinlog: true } };
    stack = await exclusiveStack(['mysql', 'kafka'], options);
    servers = { source: stack.services.mysql.address, kafka: stack.services.kafka.address };
    sql = await openTestDatabase(servers.source, name);
    await sql.query('CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v INT)');
    spec = testSpec(servers, { name });
  });

  afterAll(async () => {
    sql?.destroy();
    await stack?.stop();
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
    expect(row?.get('Encrypted')).toBe('Yes');
    return { file: String(row?.get('Log_name')), size: Number(row?.get('File_size')) };
  }

  it('streams, also across a rotation, and goes on where it was stopped', async () => {
    await runWhile(async () => {
      await insert(sql, 3);
      await sql.query('FLUSH BINARY LOGS');
      await insert(sql, 3);
    });
    const { file } = await newestFile();
    const handle = await open(join(dirname(servers.source.socketPath ?? ''), 'data', file));
    const magic = Buffer.alloc(4);
    await handle.read(magic, 0, 4, 0);
    await handle.close();
    expect(magic.toString('latin1')).toBe('\xfdbin');
    await insert(sql, 2);
    await runWhile(() => insert(sql, 2));
    expect(await records()).toBe(10);
  });

  it('goes on after the server was restarted, which begins another file under another key', async () => {
    await insert(sql, 2);
    sql.destroy();
    await stack.services.mysql.stop();
    await stack.services.mysql.start();
    sql = await openTestDatabase(servers.source, name);
    await sql.query('ALTER INSTANCE ROTATE BINLOG MASTER KEY');
    await runWhile(() => insert(sql, 2));
    expect(await records()).toBe(14);
  });

  it('begins at a place by file and position alone, the end of the file among them', async () => {
    const { file, pos } = JSON.parse(await runWhile(() => insert(sql, 1)));
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
