import { setTimeout as sleep } from 'node:timers/promises';
import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

let servers: TestServers;
const open: SqlConnection[] = [];

beforeAll(async () => {
  const { mariadb, kafka } = await sharedStack(['mariadb', 'kafka']);
  servers = { source: mariadb, kafka };
});

afterAll(async () => {
  await Promise.all(open.map((sql) => sql.end()));
});

async function database(name: string): Promise<SqlConnection> {
  const sql = await openTestDatabase(servers.source, name);
  open.push(sql);
  return sql;
}

/** The `after` image of an envelope, as text. */
function after(envelope: string | undefined): string | null {
  return /"after":(\{.*?\}),"source"/.exec(envelope ?? '')?.[1] ?? null;
}

describe('a pipeline from MariaDB to Kafka', () => {
  it('streams inserts, updates and deletes with keys and tombstones', async () => {
    const name = uniqueName('engine');
    const sql = await database(name);
    await sql.query('CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20))');
    const running = startPipeline(testSpec(servers, { name, config: { snapshotMode: 'no_data' } }));
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await sql.query("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    await sql.query("UPDATE t SET v = 'c' WHERE id = 2");
    await sql.query('DELETE FROM t WHERE id = 1');
    await untilCaughtUp(running, sql);
    const sample = running.pipeline.sample();
    await running.pipeline.stop();

    const records = await readTopic(servers.kafka, `${name}.${name}.t`);
    expect(
      records.map(({ key, value }) => [key?.toString(), /"op":"(.)"/.exec(value?.toString() ?? '')?.[1]]),
    ).toEqual([
      ['{"id":1}', 'c'],
      ['{"id":2}', 'c'],
      ['{"id":2}', 'u'],
      ['{"id":1}', 'd'],
      ['{"id":1}', undefined],
    ]);
    expect(sample.operations).toEqual({ create: 2, update: 1, delete: 1, read: 0, tombstone: 1 });
    expect(await running.outcome).toEqual({ completed: false });
  });

  it('snapshots while writers go on and then streams: the topic ends up as the table', async () => {
    const name = uniqueName('engine');
    const sql = await database(name);
    await sql.query('CREATE TABLE t (id INT PRIMARY KEY, v INT NOT NULL, pad VARCHAR(200))');
    await sql.query("INSERT INTO t SELECT seq, 0, REPEAT('x', 150) FROM seq_1_to_20000");
    const writer = await database(name);
    let isWriting = true;
    const writing = (async () => {
      for (let step = 0; isWriting; step += 1) {
        await writer.query(`UPDATE t SET v = v + 1 WHERE id % 97 = ${step % 97}`);
        await writer.query(`DELETE FROM t WHERE id = ${1 + ((step * 31) % 20000)}`);
        await writer.query(`INSERT INTO t VALUES (${20001 + step}, ${step}, 'new')`);
      }
    })();
    const running = startPipeline(testSpec(servers, { name }));
    await until(running, ({ state }) => state === 'running');
    await sleep(300);
    isWriting = false;
    await writing;
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();

    const records = await readTopic(servers.kafka, `${name}.${name}.t`);
    const [rows] = await sql.query('SELECT id, v, pad FROM t');
    const expected = Object.fromEntries(
      (Array.isArray(rows) ? rows : []).map((row) => {
        const { id, v, pad } = Object.fromEntries(Object.entries(row));
        return [`{"id":${id}}`, JSON.stringify({ id, v, pad })];
      }),
    );
    const actual = Object.fromEntries([...latestByKey(records)].map(([key, value]) => [key, after(value)]));
    expect(actual).toEqual(expected);
    const markers = records.map(({ value }) => /"snapshot":"(\w+)"/.exec(value?.toString() ?? '')?.[1]);
    expect(markers[0]).toBe('first');
    expect(markers.filter((marker) => marker === 'last')).toHaveLength(1);
    expect(running.states).toEqual(['starting', 'snapshotting', 'running', 'stopping']);
    expect(running.notices.map((notice) => notice.type)).toContain('snapshot.locked');
  });

  it('goes on in the middle of a big transaction after a crash: no row is missing', async () => {
    const name = uniqueName('engine');
    const sql = await database(name);
    await sql.query('CREATE TABLE t (id INT PRIMARY KEY, pad VARCHAR(200))');
    const spec = testSpec(servers, {
      name,
      config: { snapshotMode: 'no_data', maxQueueSizeInBytes: 1_048_576 },
    });
    const first = startPipeline(spec);
    await until(first, ({ state, committedPosition }) => state === 'running' && committedPosition !== null);
    await first.pipeline.stop();
    await sql.query("INSERT INTO t SELECT seq, REPEAT('y', 150) FROM seq_1_to_300000");

    const crash = new AbortController();
    const second = startPipeline(spec, { signal: crash.signal });
    await until(second, ({ rowsAcknowledged }) => rowsAcknowledged > 50_000);
    second.pipeline.pause();
    await sleep(1200);
    const atCrash = second.pipeline.sample();
    crash.abort();
    expect(await second.outcome).toEqual({ completed: false });
    expect(atCrash.rowsAcknowledged).toBeLessThan(300_000);

    const third = startPipeline(spec);
    await untilCaughtUp(third, sql);
    const resumed = third.pipeline.sample();
    await third.pipeline.stop();
    const records = await readTopic(servers.kafka, `${name}.${name}.t`);
    expect(new Set(records.map(({ key }) => key?.toString())).size).toBe(300_000);
    expect(resumed.rowsRead).toBeLessThan(300_000);
    expect(records.length).toBe(300_000);
  });

  it('copies and completes in initial_only mode, also when it is run again', async () => {
    const name = uniqueName('engine');
    const sql = await database(name);
    await sql.query('CREATE TABLE t (id INT PRIMARY KEY)');
    await sql.query('INSERT INTO t VALUES (1), (2)');
    await sql.query('CREATE TABLE empty (id INT PRIMARY KEY)');
    const spec = testSpec(servers, { name, config: { snapshotMode: 'initial_only' } });
    expect(await startPipeline(spec).outcome).toEqual({ completed: true });
    expect(await startPipeline(spec).outcome).toEqual({ completed: true });
    expect(await readTopic(servers.kafka, `${name}.${name}.t`)).toHaveLength(2);
  });

  it('reads nothing while paused and loses nothing by it', async () => {
    const name = uniqueName('engine');
    const sql = await database(name);
    await sql.query('CREATE TABLE t (id INT PRIMARY KEY)');
    const running = startPipeline(testSpec(servers, { name, config: { snapshotMode: 'no_data' } }));
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    running.pipeline.pause();
    await sql.query('INSERT INTO t VALUES (1), (2)');
    await sleep(300);
    expect(running.pipeline.sample()).toMatchObject({ state: 'paused', rowsRead: 0 });
    running.pipeline.resume();
    await until(running, ({ rowsAcknowledged }) => rowsAcknowledged === 2);
    await running.pipeline.stop();
    expect(running.states).toEqual(['starting', 'snapshotting', 'running', 'paused', 'running', 'stopping']);
  });

  it('gives the connection up in a long pause and goes on where it was', async () => {
    const name = uniqueName('engine');
    const sql = await database(name);
    await sql.query('CREATE TABLE t (id INT PRIMARY KEY)');
    const spec = testSpec(servers, { name, config: { snapshotMode: 'no_data' } });
    const running = startPipeline({ ...spec, pauseHoldMs: 50 });
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await sql.query('INSERT INTO t VALUES (1)');
    await until(running, ({ rowsAcknowledged }) => rowsAcknowledged === 1);
    running.pipeline.pause();
    await sql.query('INSERT INTO t VALUES (2)');
    await sleep(500);
    await sql.query('INSERT INTO t VALUES (3)');
    running.pipeline.resume();
    await until(running, ({ rowsAcknowledged }) => rowsAcknowledged === 3);
    await running.pipeline.stop();
    expect(running.notices.filter(({ type }) => type === 'stream.started')).toHaveLength(2);
    const records = await readTopic(servers.kafka, `${name}.${name}.t`);
    expect(records.map(({ key }) => key?.toString())).toEqual(['{"id":1}', '{"id":2}', '{"id":3}']);
  });

  it('stores offsets of transactions that it does not capture, and sends heartbeats', async () => {
    const name = uniqueName('engine');
    const sql = await database(name);
    await sql.query('CREATE TABLE t (id INT PRIMARY KEY)');
    const config: Partial<PipelineConfigInput> = {
      snapshotMode: 'no_data',
      tableIncludeList: [`${name}.t`],
      heartbeatIntervalMs: 100,
    };
    const running = startPipeline(testSpec(servers, { name, config }));
    await until(running, ({ committedPosition }) => committedPosition !== null);
    await sql.query('CREATE TABLE other (id INT PRIMARY KEY)');
    await sql.query('INSERT INTO other VALUES (1)');
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    const [beat] = await readTopic(servers.kafka, `__debezium-heartbeat.${name}`);
    expect(beat?.key?.toString()).toBe(`{"serverName":"${name}"}`);
    expect(beat?.value?.toString()).toMatch(/^\{"ts_ms":\d+\}$/);
  });

  it('partitions by key and follows an ALTER TABLE in the stream', async () => {
    const name = uniqueName('engine');
    const sql = await database(name);
    await sql.query('CREATE TABLE t (id INT PRIMARY KEY, v INT)');
    const config = { snapshotMode: 'no_data', topicCreationPartitions: 3 } as const;
    const running = startPipeline(testSpec(servers, { name, config }));
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await sql.query('INSERT INTO t SELECT seq, seq FROM seq_1_to_30');
    await sql.query('ALTER TABLE t ADD COLUMN w INT FIRST, DROP COLUMN v');
    await sql.query('INSERT INTO t (id, w) VALUES (31, 7)');
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    const records = await readTopic(servers.kafka, `${name}.${name}.t`);
    expect(new Set(records.map((record) => record.partition)).size).toBe(3);
    expect(after(latestByKey(records).get('{"id":31}'))).toBe('{"w":7,"id":31}');
  });
});
