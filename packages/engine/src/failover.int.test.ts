import { setTimeout as sleep } from 'node:timers/promises';
import { connectMysql } from '@sealane/binlog/session/connect';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import type { SourceDatabaseAddress } from '@sealane/stack/service-addresses';
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

type Flavour = 'mariadb' | 'mysql';

/** Two servers, the second a replica of the first, and a pipeline that reads them one after the other. */
interface Pair {
  readonly stacks: readonly { stop(): Promise<void> }[];
  readonly primary: SqlConnection;
  readonly replica: SqlConnection;
  readonly servers: TestServers;
  readonly replicaAddress: SourceDatabaseAddress;
}

const REPLICA_ID = 77;

async function startPair(flavour: Flavour, name: string): Promise<Pair> {
  const small = { bufferPoolMegabytes: 128 };
  const first = await exclusiveStack([flavour, 'kafka'], { [flavour]: small });
  const second = await exclusiveStack([flavour], {
    [flavour]: {
      ...small,
      serverId: REPLICA_ID,
      extraArgs: flavour === 'mariadb' ? ['--log-slave-updates=ON', '--gtid-domain-id=7'] : [],
    },
  });
  const source = first.services[flavour].address;
  const replicaAddress = second.services[flavour].address;
  const primary = await openTestDatabase(source, name);
  // Nothing is written here: a transaction of the replica's own would be one that the primary never has.
  const replica = await connectMysql({
    host: replicaAddress.host,
    port: replicaAddress.port,
    ...replicaAddress.admin,
  });
  const pair = {
    stacks: [first, second],
    primary,
    replica,
    servers: { source, kafka: first.services.kafka.address },
    replicaAddress,
  };
  await replicate(pair, flavour);
  return pair;
}

async function replicate({ replica, servers }: Pair, flavour: Flavour): Promise<void> {
  const { host, port, admin } = servers.source;
  if (flavour === 'mariadb') {
    await replica.query(
      `CHANGE MASTER TO MASTER_HOST='${host}', MASTER_PORT=${port}, MASTER_USER='${admin.user}', MASTER_PASSWORD='${admin.password}', MASTER_SSL=0, MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=1`,
    );
    await replica.query('START SLAVE');
    return;
  }
  await replica.query(
    `CHANGE REPLICATION SOURCE TO SOURCE_HOST='${host}', SOURCE_PORT=${port}, SOURCE_USER='${admin.user}', SOURCE_PASSWORD='${admin.password}', SOURCE_AUTO_POSITION=1, GET_SOURCE_PUBLIC_KEY=1, SOURCE_CONNECT_RETRY=1`,
  );
  await replica.query('START REPLICA');
}

/** The pipeline with its connection changed to the replica. */
function onReplica(spec: PipelineRunSpec, { replicaAddress }: Pair): PipelineRunSpec {
  const { host, port, capture } = replicaAddress;
  return { ...spec, source: { ...spec.source, host, port, ...capture } };
}

async function untilReplicated({ primary, replica }: Pair, table: string): Promise<void> {
  const count = async (sql: SqlConnection): Promise<string> => {
    const rows = await queryRows(sql, `SELECT CAST(COUNT(*) AS CHAR) AS n FROM ${table}`).catch(() => []);
    return String(rows[0]?.get('n'));
  };
  for (let tries = 0; tries < 300; tries += 1) {
    if ((await count(replica)) === (await count(primary))) return;
    await sleep(100);
  }
  throw new Error('The replica does not catch up.');
}

describe.each<Flavour>(['mariadb', 'mysql'])('failover of a pipeline between two %s servers', (flavour) => {
  const name = `failover_${flavour}`;
  const table = `${name}.t`;
  const topic = `${name}.${table}`;
  const words =
    flavour === 'mariadb'
      ? { stop: 'STOP SLAVE SQL_THREAD', start: 'START SLAVE SQL_THREAD', halt: 'STOP SLAVE' }
      : { stop: 'STOP REPLICA SQL_THREAD', start: 'START REPLICA SQL_THREAD', halt: 'STOP REPLICA' };
  let pair: Pair;
  let spec: PipelineRunSpec;

  beforeAll(async () => {
    pair = await startPair(flavour, name);
    spec = testSpec(pair.servers, { name });
    await pair.primary.query('CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v INT)');
  });

  afterAll(async () => {
    pair?.primary.destroy();
    pair?.replica.destroy();
    for (const stack of pair?.stacks ?? []) await stack.stop();
  });

  const insert = async (sql: SqlConnection, count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) await sql.query(`INSERT INTO ${table} (v) VALUES (${i})`);
  };

  it('goes on by GTID where the primary was left, without a snapshot, a gap or a repeat', async () => {
    const before = startPipeline(spec);
    await until(before, ({ state }) => state === 'running');
    await insert(pair.primary, 20);
    await untilCaughtUp(before, pair.primary);
    await before.pipeline.stop();
    await insert(pair.primary, 20);
    await untilReplicated(pair, table);

    const after = startPipeline(onReplica(spec, pair));
    await untilCaughtUp(after, pair.replica);
    await after.pipeline.stop();
    expect(after.states).not.toContain('snapshotting');
    const { kafka } = pair.servers;
    expect(await expectTopicEqualsTable(pair.replica, { kafka, topic, table })).toBe(40);
  });

  it('waits for a replica that lags behind what was delivered, and then skips nothing', async () => {
    await pair.replica.query(words.stop);
    const before = startPipeline(spec);
    await insert(pair.primary, 20);
    await untilCaughtUp(before, pair.primary);
    await before.pipeline.stop();
    await insert(pair.primary, 5);

    const stopped = startPipeline(onReplica(spec, pair));
    await expect(until(stopped, () => false, 20_000)).rejects.toMatchObject({
      code: 'BINLOG_POSITION_INVALID',
      retriable: false,
      why: expect.stringContaining('no running replica'),
    });
    await pair.replica.query(`LOCK TABLES ${table} READ`);
    await pair.replica.query(words.start);
    const lagging = startPipeline(onReplica(spec, pair));
    await expect(until(lagging, () => false, 20_000)).rejects.toMatchObject({
      code: 'BINLOG_REPLICA_BEHIND',
      retriable: true,
      details: { wanted: expect.stringContaining('GTID') },
    });
    await pair.replica.query('UNLOCK TABLES');
    await untilReplicated(pair, table);

    const after = startPipeline(onReplica(spec, pair));
    await untilCaughtUp(after, pair.replica);
    await after.pipeline.stop();
    const { kafka } = pair.servers;
    expect(await expectTopicEqualsTable(pair.replica, { kafka, topic, table })).toBe(65);
  });

  it('follows the replica that was promoted, whose own transactions have another UUID or domain', async () => {
    await pair.replica.query(words.halt);
    await insert(pair.replica, 10);
    const promoted = onReplica(spec, pair);
    const first = startPipeline(promoted);
    await untilCaughtUp(first, pair.replica);
    await insert(pair.replica, 10);
    await untilCaughtUp(first, pair.replica);
    const { committedPosition } = first.pipeline.sample();
    await first.pipeline.stop();
    expect(committedPosition?.gtid?.split(',').length).toBe(2);
    await insert(pair.replica, 10);
    const second = startPipeline(promoted);
    await untilCaughtUp(second, pair.replica);
    await second.pipeline.stop();
    const { kafka } = pair.servers;
    expect(await expectTopicEqualsTable(pair.replica, { kafka, topic, table })).toBe(95);

    await expect(until(startPipeline(spec), () => false, 20_000)).rejects.toMatchObject({
      code: 'BINLOG_POSITION_INVALID',
    });
  });
});
