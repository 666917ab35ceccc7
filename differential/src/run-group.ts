import { setTimeout as delay } from 'node:timers/promises';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { SourceDatabaseAddress } from '@sealane/stack/service-addresses';
import { Kafka, logLevel } from 'kafkajs';
import { type Connection, createConnection } from 'mysql2/promise';
import { compareTopics } from './compare/compare-topics.ts';
import type { Difference } from './compare/difference.ts';
import { databaseOf, type Scenario } from './corpus/scenario.ts';
import { createDebeziumEngine } from './engines/debezium-engine.ts';
import type { Engine } from './engines/engine.ts';
import { runSpecOf } from './engines/run-spec.ts';
import { createSealaneEngine } from './engines/sealane-engine.ts';
import { END_DATABASE, type Group, propertiesOf } from './groups.ts';
import { readTopics } from './records/read-topics.ts';
import { schemaChangesOf, splitSchemaChanges } from './records/schema-changes.ts';
import type { TopicRecords } from './records/topic-records.ts';

export interface GroupServers {
  readonly server: SourceDatabaseAddress;
  readonly brokers: readonly string[];
  readonly connectUrl: string;
}

/** What a script gave. */
export interface ScenarioResult {
  readonly group: Group;
  readonly scenario: Scenario;
  /** Records that Debezium wrote. */
  readonly records: number;
  readonly differences: readonly Difference[];
}

const ARRIVAL_TIMEOUT_MS = 90_000;
const POLL_MS = 200;
/** Records too many would come within this time. */
const SETTLE_MS = 500;
const END_TABLE = `${END_DATABASE}.marker`;

/**
 * Runs a group: scripts' first parts, both engines, scripts' second parts, then a last row that both must have
 * delivered; reads what both wrote and compares it script by script.
 */
export async function runGroup(group: Group, servers: GroupServers): Promise<ScenarioResult[]> {
  const engines = enginesOf(group, servers);
  await dropDatabases(group, servers.server);
  await runParts(group, servers.server, 'before');
  try {
    for (const engine of engines) await engine.start();
    for (const engine of engines) await untilMarked(engine, servers, 1);
    await runParts(group, servers.server, 'streamed');
    for (const engine of engines) await untilMarked(engine, servers, 2);
    await delay(SETTLE_MS);
  } finally {
    for (const engine of engines) await engine.stop();
  }
  const [debezium, sealane] = await Promise.all(
    engines.map(({ prefix }) => readTopics(servers.brokers, prefix)),
  );
  await dropDatabases(group, servers.server);
  return group.scenarios.map((scenario) => resultOf({ group, scenario }, debezium, sealane));
}

function enginesOf(group: Group, { server, brokers, connectUrl }: GroupServers): [Engine, Engine] {
  const properties = propertiesOf(group);
  const id = `${group.flavour}-${group.name}`;
  const config = {
    'connector.class':
      server.flavour === 'mariadb'
        ? 'io.debezium.connector.mariadb.MariaDbConnector'
        : 'io.debezium.connector.mysql.MySqlConnector',
    'database.hostname': server.host,
    'database.port': String(server.port),
    'database.user': server.capture.user,
    'database.password': server.capture.password,
    'database.server.id': '8101',
    'database.ssl.mode': server.flavour === 'mariadb' ? 'disable' : 'preferred',
    ...properties,
  };
  return [
    createDebeziumEngine({
      url: connectUrl,
      brokers,
      prefix: `dbz-${id}`,
      config,
    }),
    createSealaneEngine(runSpecOf({ prefix: `sea-${id}`, config, server, brokers, serverId: 8102 })),
  ];
}

/** Each script on a connection of its own, in its own database; a row in the end's table follows the last one. */
async function runParts(
  group: Group,
  server: SourceDatabaseAddress,
  part: 'before' | 'streamed',
): Promise<void> {
  for (const scenario of group.scenarios) {
    const database = databaseOf(scenario);
    await withConnection(server, async (connection) => {
      if (part === 'before') await connection.query(`create database ${database}`);
      await connection.query(`use ${database}`);
      for (const statement of scenario[part]) await execute(connection, scenario, statement);
    });
  }
  await withConnection(server, async (connection) => {
    if (part === 'before') {
      await connection.query(`create database ${END_DATABASE}`);
      await connection.query(`create table ${END_TABLE} (id int primary key)`);
    }
    await connection.query(`insert into ${END_TABLE} values (${part === 'before' ? 1 : 2})`);
  });
}

async function execute(connection: Connection, scenario: Scenario, statement: string): Promise<void> {
  try {
    await connection.query(statement);
  } catch (thrown) {
    throw new SealaneError({
      code: 'DIFFERENTIAL_STATEMENT',
      message: `${scenario.name}: the server refused: ${statement.slice(0, 300)}`,
      cause: thrown,
    });
  }
}

async function dropDatabases(group: Group, server: SourceDatabaseAddress): Promise<void> {
  await withConnection(server, async (connection) => {
    const databases = [...group.scenarios.map(databaseOf), END_DATABASE];
    for (const database of databases) await connection.query(`drop database if exists ${database}`);
  });
}

async function withConnection(
  { host, port, admin }: SourceDatabaseAddress,
  use: (connection: Connection) => Promise<void>,
): Promise<void> {
  const connection = await createConnection({ host, port, ...admin, charset: 'utf8mb4' });
  try {
    await use(connection);
  } finally {
    await connection.end();
  }
}

/** Waits until the end's topic holds `count` records. */
async function untilMarked(engine: Engine, { brokers }: GroupServers, count: number): Promise<void> {
  const kafka = new Kafka({
    clientId: 'sealane-differential',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  const topic = `${engine.prefix}.${END_TABLE}`;
  const deadline = Date.now() + ARRIVAL_TIMEOUT_MS;
  try {
    while (Date.now() < deadline) {
      const topics = await admin.listTopics();
      const [end] = topics.includes(topic) ? await admin.fetchTopicOffsets(topic) : [];
      if (Number(end?.high ?? 0) >= count && (await markers(engine, brokers)) >= count) return;
      await engine.check();
      await delay(POLL_MS);
    }
  } finally {
    await admin.disconnect();
  }
  throw new SealaneError({
    code: 'DIFFERENTIAL_SILENT',
    message: `${engine.name} (${engine.prefix}) did not deliver the last row within ${ARRIVAL_TIMEOUT_MS / 1000} s.`,
  });
}

/** Records in the end's topic: its end also counts the markers of Kafka's transactions. */
async function markers({ prefix }: Engine, brokers: readonly string[]): Promise<number> {
  const topics = await readTopics(brokers, `${prefix}.${END_DATABASE}`);
  return [...topics.values()].reduce((sum, records) => sum + records.length, 0);
}

function resultOf(
  { group, scenario }: { group: Group; scenario: Scenario },
  debezium: TopicRecords = new Map(),
  sealane: TopicRecords = new Map(),
): ScenarioResult {
  // A script that is alone also answers for the topics that belong to no table.
  const isOwn = (topic: string): boolean =>
    group.scenarios.length === 1
      ? !topic.startsWith(`.${END_DATABASE}.`) && topic !== schemaChangesOf(END_DATABASE)
      : topic.startsWith(`.${databaseOf(scenario)}.`) || topic === schemaChangesOf(databaseOf(scenario));
  const own = (records: TopicRecords): TopicRecords =>
    new Map([...splitSchemaChanges(records)].filter(([topic]) => isOwn(topic)));
  const left = own(debezium);
  return {
    group,
    scenario,
    records: [...left.values()].reduce((sum, records) => sum + records.length, 0),
    differences: compareTopics(left, own(sealane)),
  };
}
