import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlConnection } from './source/sql.ts';
import {
  openTestDatabase,
  startPipeline,
  type TestServers,
  testSpec,
  until,
} from './testing/pipeline-harness.ts';

let servers: TestServers;
let sql: SqlConnection;
const name = uniqueName('bad');

beforeAll(async () => {
  const { mariadb, kafka } = await sharedStack(['mariadb', 'kafka']);
  servers = { source: mariadb, kafka };
  sql = await openTestDatabase(servers.source, name);
  await sql.query('CREATE TABLE t (id INT PRIMARY KEY)');
});

afterAll(async () => {
  await sql.end();
});

/** A run of this name has stored nothing yet. */
function freshSpec(options: Partial<Parameters<typeof testSpec>[1]> = {}) {
  const fresh = uniqueName('bad');
  const config = { databaseIncludeList: [name], ...options.config };
  return testSpec(servers, { ...options, name: fresh, config });
}

describe('a pipeline that cannot work says why', () => {
  it('wrong password', async () => {
    const login = { user: servers.source.capture.user, password: 'wrong' };
    await expect(startPipeline(freshSpec({ login })).outcome).rejects.toMatchObject({
      code: 'SOURCE_ACCESS_DENIED',
      retriable: false,
    });
  });

  it('host that is no MySQL', async () => {
    const spec = freshSpec();
    const [host = '', port = ''] = (servers.kafka.brokers[0] ?? '').split(':');
    const source = { ...spec.source, host, port: Number(port) };
    await expect(startPipeline({ ...spec, source }).outcome).rejects.toMatchObject({
      code: 'SOURCE_NOT_MYSQL',
    });
  });

  it('unknown table, naming the field', async () => {
    const spec = freshSpec({ config: { tableIncludeList: [`${name}.t`, `${name}.nosuch`] } });
    await expect(startPipeline(spec).outcome).rejects.toMatchObject({
      code: 'TABLE_NOT_FOUND',
      fields: [{ path: 'config.tableIncludeList.1', message: expect.stringContaining('nosuch') }],
    });
  });

  it('missing grants, with the statement that gives them', async () => {
    const user = uniqueName('u');
    await sql.query(`CREATE USER '${user}'@'%' IDENTIFIED BY 'secret'`);
    await sql.query(`GRANT SELECT ON *.* TO '${user}'@'%'`);
    await expect(
      startPipeline(freshSpec({ login: { user, password: 'secret' } })).outcome,
    ).rejects.toMatchObject({
      code: 'SOURCE_MISSING_GRANT',
      remedy: expect.stringMatching(/^GRANT REPLICATION SLAVE, BINLOG MONITOR ON \*\.\* TO /),
    });
    await sql.query(`DROP USER '${user}'@'%'`);
  });

  it('takes table locks where the global lock is refused', async () => {
    const user = uniqueName('u');
    await sql.query(`CREATE USER '${user}'@'%' IDENTIFIED BY 'secret'`);
    await sql.query(`GRANT SELECT, LOCK TABLES, REPLICATION SLAVE, BINLOG MONITOR ON *.* TO '${user}'@'%'`);
    const spec = freshSpec({ login: { user, password: 'secret' }, config: { snapshotMode: 'initial_only' } });
    const running = startPipeline(spec);
    expect(await running.outcome).toEqual({ completed: true });
    expect(running.notices.find(({ type }) => type === 'snapshot.locked')?.message).toContain(
      'captured tables',
    );
    await sql.query(`DROP USER '${user}'@'%'`);
  });

  it("the source's own server id", async () => {
    const spec = { ...freshSpec(), serverId: 1 };
    await expect(startPipeline(spec).outcome).rejects.toMatchObject({
      code: 'DUPLICATE_SERVER_ID',
      fields: [expect.objectContaining({ path: 'config.serverId' })],
    });
  });

  it('a server id that another pipeline streams with: one of the two stops', async () => {
    const config = { snapshotMode: 'no_data' } as const;
    const first = startPipeline({ ...freshSpec({ config }), serverId: 987_001 });
    await until(first, ({ state, position }) => state === 'running' && position !== null);
    await sql.query('INSERT INTO t VALUES (1)');
    const second = startPipeline({ ...freshSpec({ config }), serverId: 987_001 });
    const loser = await Promise.race([first.outcome, second.outcome]).catch((thrown: unknown) => thrown);
    expect(loser).toMatchObject({ code: 'DUPLICATE_SERVER_ID' });
    await Promise.all([first.pipeline.stop(), second.pipeline.stop()]);
  });

  it('a Kafka that does not answer', async () => {
    const spec = { ...freshSpec(), cluster: { brokers: ['127.0.0.1:1'], tls: { enabled: false } } };
    await expect(startPipeline(spec).outcome).rejects.toMatchObject({
      code: 'KAFKA_UNREACHABLE',
      retriable: true,
    });
  });

  it('topic settings that Kafka refuses', async () => {
    const spec = freshSpec({ config: { topicCreationConfig: { 'cleanup.policy': 'nonsense' } } });
    await sql.query('REPLACE INTO t VALUES (2)');
    await expect(startPipeline(spec).outcome).rejects.toMatchObject({
      code: 'KAFKA_TOPIC_CONFIG_INVALID',
      retriable: false,
    });
  });

  it('a snapshot that gets no lock in time', async () => {
    const holder = await openTestDatabase(servers.source, name);
    await holder.query('LOCK TABLES t WRITE');
    const spec = freshSpec({ config: { snapshotLockTimeoutMs: 1000 } });
    await expect(startPipeline(spec).outcome).rejects.toMatchObject({
      code: 'SNAPSHOT_LOCK_TIMEOUT',
      retriable: true,
    });
    await holder.end();
  });
});
