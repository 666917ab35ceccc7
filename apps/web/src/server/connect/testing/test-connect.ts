import { randomBytes } from 'node:crypto';
import type { Role } from '@sealane/contracts/api/account';
import { acquireLease, writeStatus } from '@sealane/db/repositories/runtime';
import { createConnection } from 'mysql2/promise';
import { startTestConsole, type TestConsole } from '../../testing/test-console.ts';
import { createConnectHandler } from '../handle-connect-request.ts';

/** A console whose `/connect` is called as clients of Kafka Connect call it, beside a source with two tables. */
export interface TestConnect {
  web: TestConsole;
  stack: ConnectStack;
  /** The source's database; its tables are `orders` and `items`. */
  database: string;
  /** `POST /connectors`; as an operator unless told otherwise. */
  call(line: string, sent?: Sent): Promise<Answer>;
  /** A configuration as someone moving over from Connect would send it. */
  config(change?: Record<string, string>): Record<string, string>;
  /** Creates a connector; stopped unless told otherwise. */
  create(
    change?: Record<string, string>,
    state?: string,
  ): Promise<{ name: string; config: Record<string, string> }>;
  /** Puts a pipeline into a state as its worker would. */
  workerReports(name: string, state: 'running' | 'failed'): Promise<void>;
  close(): Promise<void>;
}

interface Sent {
  body?: unknown;
  role?: Role | null;
  headers?: Record<string, string>;
}
interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown>;
}

/** The services that it needs, as `sharedStack` of packages/stack gives them. */
export interface ConnectStack {
  postgres: { url: string };
  redis: { url: string };
  kafka: { brokers: string[] };
  mariadb: { host: string; port: number; admin: Login; capture: Login };
}
interface Login {
  user: string;
  password: string;
}

/** What every error answer is. */
export function failure(status: number, message: unknown) {
  return { status, json: { error_code: status, message } };
}

export async function startTestConnect(stack: ConnectStack): Promise<TestConnect> {
  const web = await startTestConsole({
    ...stack,
    name: uniqueName('connect'),
    env: {
      CONNECT_BOOTSTRAP_SERVERS: stack.kafka.brokers.join(','),
      SEALANE_OFFSETS_TOPIC: uniqueName('offsets'),
    },
  });
  web.services.startup.finished = true;
  const database = uniqueName('connect_shop');
  await onSource(stack, [
    `CREATE DATABASE ${database}`,
    `CREATE TABLE ${database}.orders (id BIGINT PRIMARY KEY, note VARCHAR(40))`,
    `CREATE TABLE ${database}.items (id BIGINT PRIMARY KEY)`,
  ]);
  const call = caller(web);
  const config = configs(stack, database);
  return {
    web,
    stack,
    database,
    call,
    config,
    async create(change = {}, state = 'STOPPED') {
      const name = uniqueName('shop');
      const given = config(change);
      const answer = await call('POST /connectors', { body: { name, config: given, initial_state: state } });
      if (answer.status !== 201) throw new Error(answer.text);
      return { name, config: { ...given, name } };
    },
    workerReports: (name, state) => reportState(web, name, state),
    async close() {
      await onSource(stack, [`DROP DATABASE IF EXISTS ${database}`]);
      await web.close();
    },
  };
}

function caller(web: TestConsole): TestConnect['call'] {
  const handle = createConnectHandler(web.services, { base: '/connect' });
  return async (line, { body, role = 'operator', headers = {} } = {}) => {
    const [method = 'GET', path = '/'] = line.split(' ');
    const content = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await handle(
      new Request(`http://console.test/connect${path}`, {
        method,
        headers: {
          ...(content === undefined ? {} : { 'content-type': 'application/json' }),
          ...(role === null ? {} : { authorization: `Bearer ${web.tokens[role]}` }),
          ...headers,
        },
        ...(content === undefined ? {} : { body: content }),
      }),
    );
    const text = await response.text();
    const json = text === '' ? {} : JSON.parse(text);
    return { status: response.status, headers: response.headers, text, json };
  };
}

function configs({ mariadb }: ConnectStack, database: string): TestConnect['config'] {
  const { host, port, capture } = mariadb;
  let serverId = 770_000 + Math.floor(Math.random() * 100_000);
  return (change = {}) => {
    serverId += 1;
    return {
      'connector.class': 'io.debezium.connector.mariadb.MariaDbConnector',
      'tasks.max': '1',
      'database.hostname': host,
      'database.port': String(port),
      'database.user': capture.user,
      'database.password': capture.password,
      'database.server.id': String(serverId),
      'topic.prefix': uniqueName('tp'),
      'table.include.list': `${database}\\.orders , ${database}\\.items`,
      'schema.history.internal.kafka.bootstrap.servers': 'elsewhere:9092',
      ...change,
    };
  };
}

const binlogGone = {
  code: 'BINLOG_PURGED',
  message: 'The binlog is gone.',
  why: 'The server purged it.',
  remedy: 'Take a new snapshot.',
  retriable: false,
  fields: [],
  details: {},
};

async function reportState(web: TestConsole, name: string, state: 'running' | 'failed'): Promise<void> {
  const { database } = web.services;
  const { id: pipelineId } = await database.prisma.pipeline.findUniqueOrThrow({ where: { name } });
  const epoch = await acquireLease(database, { pipelineId, workerId: 'worker-1', ttlMs: 60_000 });
  const reason = state === 'failed' ? binlogGone : null;
  const status = { state, reason, attempt: 0, nextAttemptAt: null };
  await writeStatus(database, { pipelineId, epoch: epoch ?? 0 }, status);
}

function uniqueName(prefix: string): string {
  return `${prefix}_${randomBytes(4).toString('hex')}`;
}

async function onSource({ mariadb }: ConnectStack, statements: readonly string[]): Promise<void> {
  const { host, port, admin } = mariadb;
  const connection = await createConnection({ host, port, ...admin });
  for (const statement of statements) await connection.query(statement);
  await connection.end();
}
