import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { describe, expect, it } from 'vitest';
import type { SqlConnection } from './source/sql.ts';
import { type BothWaysOptions, captureBothWays } from './testing/both-ways.ts';

const MISSING = '__debezium_unavailable_value';
const inBase64 = Buffer.from(MISSING).toString('base64');

const TABLE = `CREATE TABLE t (first_text TEXT, id INT PRIMARY KEY, name VARCHAR(20), bytes MEDIUMBLOB NOT NULL, note TEXT CHARACTER SET latin1,
  last LONGTEXT)`;

async function write(sql: SqlConnection): Promise<void> {
  await sql.query("SET SESSION binlog_row_image = 'NOBLOB'");
  await sql.query("INSERT INTO t VALUES ('a', 1, 'one', 'xyz', 'é', 'z')");
  await sql.query("UPDATE t SET name = 'two'");
  await sql.query("UPDATE t SET note = 'ü', bytes = 'abc', name = 'three'");
  await sql.query('DELETE FROM t');
  await sql.query("INSERT INTO t VALUES ('b', 2, 'end', '', NULL, '')");
}

async function capture(flavor: ServerFlavor, options: Pick<BothWaysOptions, 'table' | 'write' | 'config'>) {
  const stack = await sharedStack([flavor, 'kafka']);
  return await captureBothWays(
    { source: stack[flavor], kafka: stack.kafka },
    { name: uniqueName('image'), ...options },
  );
}

describe.each<ServerFlavor>(['mariadb', 'mysql'])('binlog_row_image on %s', (flavor) => {
  it('NOBLOB: a placeholder stands for BLOB and TEXT values that a statement left as they were', async () => {
    const { streamed } = await capture(flavor, { table: TABLE, write });
    const whole = { first_text: 'a', id: 1, name: 'one', bytes: 'eHl6', note: 'é', last: 'z' };
    const blobs = { first_text: MISSING, bytes: inBase64, note: MISSING, last: MISSING };
    const changed = { ...blobs, bytes: 'YWJj', note: 'ü' };
    expect(streamed.slice(0, 4)).toMatchObject([
      { before: null, after: whole },
      { before: { ...blobs, id: 1, name: 'one' }, after: { ...blobs, id: 1, name: 'two' } },
      { before: { ...blobs, id: 1, name: 'two' }, after: { ...changed, id: 1, name: 'three' } },
      { before: { ...blobs, id: 1, name: 'three' }, after: null },
    ]);
    expect(Object.keys(streamed[1]?.after ?? {})).toEqual(Object.keys(whole));
  });

  it('NOBLOB: the placeholder takes the modes and rules of its column', async () => {
    const config: Partial<PipelineConfigInput> = {
      binaryHandlingMode: 'hex',
      unavailableValuePlaceholder: 'gone',
      columnRules: [
        { kind: 'mask', length: 3, columns: ['.*\\.note'] },
        { kind: 'truncate', length: 2, columns: ['.*\\.last'] },
      ],
      columnExcludeList: ['.*\\.first_text'],
    };
    const { streamed } = await capture(flavor, { table: TABLE, write, config });
    expect(streamed[1]).toMatchObject({
      before: { id: 1, name: 'one', bytes: Buffer.from('gone').toString('hex'), note: '***', last: 'go' },
      after: { id: 1, name: 'two', bytes: Buffer.from('gone').toString('hex'), note: '***', last: 'go' },
    });
    expect(streamed[1]?.after).not.toHaveProperty('first_text');
  });

  it('NOBLOB: JSON and spatial values and long VARCHARs are always there', async () => {
    const json = flavor === 'mysql' ? 'JSON' : 'INT';
    const { streamed } = await capture(flavor, {
      table: `CREATE TABLE t (id INT PRIMARY KEY, name INT, doc ${json}, v VARCHAR(5000), place POINT)`,
      write: async (sql) => {
        await sql.query("SET SESSION binlog_row_image = 'NOBLOB'");
        await sql.query("INSERT INTO t VALUES (1, 1, '1', '[1,2]', ST_GeomFromText('POINT(1 2)'))");
        await sql.query('UPDATE t SET name = 2');
      },
    });
    const doc = flavor === 'mysql' ? '1' : 1;
    expect(streamed[1]?.after).toMatchObject({ id: 1, name: 2, doc, v: '[1,2]', place: { x: 1, y: 2 } });
  });

  it('MINIMAL: rows that lack columns stop the stream with the name of the setting', async () => {
    const run = capture(flavor, { table: TABLE, write: writeMinimal });
    await expect(run).rejects.toMatchObject({
      code: 'BINLOG_ROW_IMAGE_INCOMPLETE',
      why: expect.stringContaining('binlog_row_image=MINIMAL'),
      remedy: expect.stringContaining("SET GLOBAL binlog_row_image = 'FULL'"),
    });
  });

  it('MINIMAL: such rows may be left out', async () => {
    const { streamed } = await capture(flavor, {
      table: TABLE,
      write: writeMinimal,
      config: { eventProcessingFailureHandlingMode: 'skip' },
    });
    expect(streamed.map(({ after }) => after?.name)).toEqual(['one', 'end']);
  });
});

async function writeMinimal(sql: SqlConnection): Promise<void> {
  await sql.query("INSERT INTO t VALUES ('a', 1, 'one', 'xyz', 'é', 'z')");
  await sql.query("SET SESSION binlog_row_image = 'MINIMAL'");
  await sql.query("UPDATE t SET note = 'new'");
  await sql.query("SET SESSION binlog_row_image = 'FULL'");
  await sql.query("INSERT INTO t VALUES ('b', 2, 'end', '', NULL, '')");
}
