import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SqlConnection } from './source/sql.ts';
import {
  latestByKey,
  openTestDatabase,
  readTopic,
  startPipeline,
  type TestServers,
  testSpec,
  until,
  untilCaughtUp,
} from './testing/pipeline-harness.ts';

let servers: TestServers | null = null;
let missing = '';
let sql: SqlConnection | null = null;
const name = uniqueName('mysql');

beforeAll(async () => {
  try {
    const { mysql, kafka } = await sharedStack(['mysql', 'kafka']);
    servers = { source: mysql, kafka };
  } catch (thrown) {
    missing = thrown instanceof Error ? thrown.message : String(thrown);
  }
});

afterAll(async () => {
  await sql?.end();
});

it('snapshots, streams and resumes a MySQL source by GTID', async (context) => {
  if (servers === null) return context.skip(`No MySQL server here: ${missing}`);
  sql = await openTestDatabase(servers.source, name);
  await sql.query('CREATE TABLE t (id BIGINT UNSIGNED PRIMARY KEY, v VARCHAR(20), j JSON)');
  await sql.query(`INSERT INTO t VALUES (1, 'a', '{"n": 1}'), (18446744073709551615, 'b', NULL)`);
  const spec = testSpec(servers, { name });
  const first = startPipeline(spec);
  await until(first, ({ state, rowsAcknowledged }) => state === 'running' && rowsAcknowledged === 2);
  await sql.query("UPDATE t SET v = 'c' WHERE id = 1");
  await untilCaughtUp(first, sql);
  const sample = first.pipeline.sample();
  await first.pipeline.stop();
  expect(sample.committedPosition?.gtid).toMatch(/^[0-9a-f-]{36}:\d/);

  await sql.query("INSERT INTO t VALUES (2, 'd', '[1, 2]')");
  const second = startPipeline(spec);
  await untilCaughtUp(second, sql);
  await second.pipeline.stop();

  const records = await readTopic(servers.kafka, `${name}.${name}.t`);
  expect(records.map(({ value }) => /"op":"(.)"/.exec(value?.toString() ?? '')?.[1])).toEqual([
    'r',
    'r',
    'u',
    'c',
  ]);
  expect(latestByKey(records).get('{"id":2}')).toMatch(
    /"after":\{"id":2,"v":"d","j":"\[1,\s?2\]"\},"source":.*"gtid":"[0-9a-f-]{36}:\d+"/,
  );
  expect(second.states).not.toContain('snapshotting');
});
