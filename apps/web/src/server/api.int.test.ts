import { randomUUID } from 'node:crypto';
import { traverseContractProcedures } from '@orpc/server';
import { type Role, roles } from '@sealane/contracts/api/account';
import { apiContract } from '@sealane/contracts/api/contract';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationRoles } from './auth/operation-roles.ts';
import { startTestConsole, type TestConsole } from './testing/test-console.ts';

type Stack = Awaited<ReturnType<typeof sharedStack<'postgres' | 'redis' | 'kafka' | 'mariadb'>>>;
let stack: Stack;
let console: TestConsole;
let connection: { host: string; port: number; user: string; password: string };
let sourceId: string;
let clusterId: string;
const shop = uniqueName('webshop');

beforeAll(async () => {
  stack = await sharedStack(['postgres', 'redis', 'kafka', 'mariadb']);
  console = await startTestConsole({ ...stack, name: uniqueName('web') });
  const { host, port, capture } = stack.mariadb;
  connection = { host, port, user: capture.user, password: capture.password };
  await onSource(
    `CREATE DATABASE ${shop}`,
    `CREATE TABLE ${shop}.orders (id BIGINT PRIMARY KEY, note VARCHAR(40))`,
  );
  sourceId = String((await post('/sources', { name: 'shop', connection })).json.id);
  clusterId = String(
    (await post('/clusters', { name: 'main', connection: { brokers: stack.kafka.brokers } })).json.id,
  );
});
afterAll(async () => {
  await onSource(`DROP DATABASE IF EXISTS ${shop}`);
  await console.close();
});

async function onSource(...statements: string[]): Promise<void> {
  const { host, port, admin } = stack.mariadb;
  const handle = await createConnection({ host, port, ...admin });
  for (const statement of statements) await handle.query(statement);
  await handle.end();
}
const post = (path: string, body?: unknown) => console.call({ method: 'POST', path, body });
const definition = (change: object = {}, config: object = {}) => ({
  name: uniqueName('p'),
  sourceId,
  clusterId,
  start: false,
  config: { topicPrefix: uniqueName('t'), tableIncludeList: [`${shop}\\.orders`], ...config },
  ...change,
});
async function pipelineCount(): Promise<unknown> {
  return (await console.call({ path: '/pipelines' })).json.total;
}

describe('who may do what', () => {
  const operations: { name: string; method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; path: string }[] = [];
  traverseContractProcedures({ router: apiContract, path: [] }, ({ path, contract }) => {
    const route = contract['~orpc'].route;
    const method = route.method === 'HEAD' || route.method === 'PUT' ? 'GET' : (route.method ?? 'POST');
    operations.push({
      name: path.join('.'),
      method,
      path: (route.path ?? '').replaceAll(/\{[^}]+\}/g, 'none'),
    });
  });
  const streams = ['pipelines.liveAll'];

  it.each(operations.filter(({ name }) => !streams.includes(name)))(
    '$name',
    async ({ name, method, path }) => {
      const body = method === 'GET' || method === 'DELETE' ? undefined : {};
      const nobody = await console.call({ method, path, body, role: null });
      expect([nobody.status, nobody.json.code]).toEqual([401, 'UNAUTHENTICATED']);
      for (const role of roles) {
        const { status } = await console.call({ method, path, body, role });
        const allowed = roles.indexOf(role) >= roles.indexOf(operationRoles[name] ?? 'admin');
        if (allowed) expect(status, role).not.toBe(403);
        else expect(status, role).toBe(403);
      }
    },
  );

  it('tokens that are unknown are refused', async () => {
    const answer = await console.call({
      path: '/me',
      role: null,
      headers: { authorization: 'Bearer slt_nope' },
    });
    expect(answer.json).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });
});

describe('signing in', () => {
  it('gives a session whose role counts, whatever the case of the e-mail address', async () => {
    expect(await console.signIn('ann@example.com', 'wrong horse')).toBeNull();
    const cookie = (await console.signIn('ANN@example.com', 'correct horse')) ?? '';
    const as = (headers: object) => ({ role: null as Role | null, headers: { cookie, ...headers } });
    expect((await console.call({ path: '/me', ...as({}) })).json).toMatchObject({
      kind: 'user',
      role: 'operator',
    });
    expect((await console.call({ path: '/tokens', ...as({}) })).status).toBe(403);
  });

  it('lets no other site act with the cookie', async () => {
    const cookie = (await console.signIn('ann@example.com', 'correct horse')) ?? '';
    const attempt = (headers: Record<string, string>) =>
      console.call({
        method: 'POST',
        path: `/pipelines/none/actions/stop`,
        role: null,
        headers: { cookie, ...headers },
      });
    expect((await attempt({ 'sec-fetch-site': 'cross-site' })).json.code).toBe('CROSS_ORIGIN');
    expect((await attempt({ 'sec-fetch-site': 'same-origin' })).json.code).toBe('NOT_FOUND');
  });
});

describe('bad input', () => {
  it('that is no JSON is refused as such', async () => {
    const answer = await post('/sources', '{"name":');
    expect(answer.json).toMatchObject({
      status: 400,
      code: 'MALFORMED_REQUEST',
      requestId: expect.any(String),
    });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('x-request-id')).toBe(answer.json.requestId);
  });

  it('names each wrong field', async () => {
    const { json } = await post(
      '/pipelines',
      definition({ name: '' }, { topicPrefix: 'a b', serverId: 0, tableIncludeList: ['('] }),
    );
    expect(json).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect(json.fields.map((field) => field.path).sort()).toEqual(
      expect.arrayContaining(['name', 'config.topicPrefix', 'config.serverId', 'config.tableIncludeList.0']),
    );
  });

  it('beyond a mebibyte is refused unread', async () => {
    const { json } = await post('/sources', { name: 'x'.repeat(1_100_000), connection });
    expect(json).toMatchObject({ status: 413, code: 'REQUEST_TOO_LARGE' });
  });

  it('of an unknown operation or id is not found', async () => {
    expect((await console.call({ path: '/nope' })).json).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect((await console.call({ path: `/pipelines/${randomUUID()}` })).json).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
  });
});

describe('a source', () => {
  it.each([
    {
      what: 'a wrong password',
      change: () => ({ password: 'wrong' }),
      code: 'SOURCE_ACCESS_DENIED',
      field: 'password',
    },
    {
      what: 'an unknown host',
      change: () => ({ host: 'no-such-host.invalid' }),
      code: 'SOURCE_HOST_UNKNOWN',
      field: 'host',
    },
    {
      what: 'a port where nothing listens',
      change: () => ({ port: 1 }),
      code: 'SOURCE_UNREACHABLE',
      field: 'host',
    },
    {
      what: 'a server that is no MySQL',
      change: () => ({ port: stack.redis.port }),
      code: 'SOURCE_NOT_MYSQL',
      field: 'port',
    },
  ])('with $what is told so, and not stored', async ({ change, code, field }) => {
    const wrong = { ...connection, ...change() };
    const fields = [{ path: `connection.${field}` }];
    const test = await post('/sources/test', wrong);
    expect(test.json).toMatchObject({
      ok: false,
      error: { code, why: expect.any(String), remedy: expect.any(String), fields },
    });
    const create = await post('/sources', { name: 'wrong', connection: wrong });
    expect(create.json).toMatchObject({ status: 422, code, fields });
    expect((await console.call({ path: '/sources?q=wrong' })).json.total).toBe(0);
  });

  it('shows checks and tables, and never its password', async () => {
    const tested = await post(`/sources/${sourceId}/test`);
    expect(tested.json).toMatchObject({ ok: true, flavor: 'mariadb', error: null });
    const tables = await console.call({ path: `/sources/${sourceId}/tables?database=${shop}` });
    expect(tables.json.tables).toEqual([
      expect.objectContaining({ table: 'orders', primaryKey: ['id'], columns: 2 }),
    ]);
    const answers = [
      tested,
      tables,
      await console.call({ path: `/sources/${sourceId}` }),
      await console.call({ path: '/sources' }),
    ];
    for (const { text } of answers) expect(text).not.toContain(connection.password);
  });

  it('says by which columns the records of each table are keyed', async () => {
    const database = uniqueName('keys');
    await onSource(
      `CREATE DATABASE ${database}`,
      `CREATE TABLE ${database}.both_keys (id INT NOT NULL UNIQUE, p INT PRIMARY KEY)`,
      `CREATE TABLE ${database}.first_unique (z INT NOT NULL, a INT NOT NULL, UNIQUE KEY zz (z, a), UNIQUE KEY aa (a))`,
      `CREATE TABLE ${database}.no_key (a INT UNIQUE, b VARCHAR(9) NOT NULL, UNIQUE KEY part (b(3)))`,
      `CREATE TABLE ${database}.with_null (a INT UNIQUE, b INT NOT NULL, UNIQUE KEY whole (b))`,
    );
    const { json } = await console.call({ path: `/sources/${sourceId}/tables?database=${database}` });
    const keys = json.tables as { table: string; recordKey: string[] }[];
    expect(Object.fromEntries(keys.map(({ table, recordKey }) => [table, recordKey]))).toEqual({
      both_keys: ['p'],
      first_unique: ['z', 'a'],
      no_key: [],
      with_null: ['b'],
    });
  });

  it('keeps its password when only the name changes, but gives it to no other server', async () => {
    const { password: _password, ...rest } = connection;
    const renamed = await console.call({
      method: 'PATCH',
      path: `/sources/${sourceId}`,
      body: { name: 'shop 2', connection: rest },
    });
    expect(renamed.json).toMatchObject({ name: 'shop 2', hasPassword: true });
    const moved = await console.call({
      method: 'PATCH',
      path: `/sources/${sourceId}`,
      body: { connection: { ...rest, host: 'localhost', tls: { mode: 'disabled' } } },
    });
    expect(moved.json.code).toMatch(/SOURCE_(ACCESS_DENIED|UNREACHABLE)/);
  });

  it('keeps its CA certificate until that is forgotten, and takes none that is no PEM', async () => {
    const { password: _password, ...rest } = connection;
    const change = async (ca?: string | null) => {
      const tls = { mode: 'disabled', ...(ca === undefined ? {} : { ca }) };
      const body = { connection: { ...rest, tls } };
      return (await console.call({ method: 'PATCH', path: `/sources/${sourceId}`, body })).json;
    };
    const fields = [{ path: 'connection.tls.ca', message: expect.stringContaining('PEM') }];
    expect(await change('not a certificate')).toMatchObject({ code: 'VALIDATION_FAILED', fields });
    const pem = '-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n';
    expect(await change(pem)).toMatchObject({ tls: { hasCa: true } });
    expect(await change()).toMatchObject({ tls: { hasCa: true } });
    expect(await change(null)).toMatchObject({ tls: { hasCa: false } });
  });

  it('is tested as a change would make it, with the stored password towards the same server only', async () => {
    const { password: _password, ...rest } = connection;
    const test = async (change: object) =>
      (await post(`/sources/${sourceId}/test`, { connection: { ...rest, ...change } })).json;
    expect(await test({ tls: { mode: 'disabled' } })).toMatchObject({ ok: true, flavor: 'mariadb' });
    expect(await test({ user: 'nobody' })).toMatchObject({
      ok: false,
      error: { code: 'SOURCE_ACCESS_DENIED', fields: [{ path: 'connection.password' }] },
    });
    expect(await test({ host: 'localhost', tls: { mode: 'disabled' } })).toMatchObject({ ok: false });
    const stored = (await console.call({ path: `/sources/${sourceId}` })).json;
    expect(stored).toMatchObject({ user: rest.user, host: rest.host, tls: { mode: 'disabled' } });
  });
});

describe('a cluster', () => {
  it('that cannot be reached is told so, and not stored', async () => {
    const wrong = { brokers: ['127.0.0.1:1'] };
    const error = { code: 'KAFKA_UNREACHABLE', fields: [{ path: 'connection.brokers' }] };
    expect((await post('/clusters/test', wrong)).json).toMatchObject({ ok: false, error });
    const refused = (await post('/clusters', { name: 'down', connection: wrong })).json;
    expect(refused).toMatchObject({ status: 422, ...error });
    expect((await console.call({ path: '/clusters?q=down' })).json.total).toBe(0);
  });

  it('is tested as a change would make it', async () => {
    const test = async (change?: object) => (await post(`/clusters/${clusterId}/test`, change)).json;
    const { brokers } = stack.kafka;
    expect(await test()).toMatchObject({ ok: true, brokers: [{ nodeId: expect.any(Number) }] });
    expect(await test({ connection: { brokers, sasl: null } })).toMatchObject({ ok: true });
    const field = (path: string) => ({ ok: false, error: { fields: [{ path: `connection.${path}` }] } });
    const sasl = { mechanism: 'plain', username: 'nobody', password: 'wrong' };
    expect(await test({ connection: { brokers, sasl } })).toMatchObject(field('sasl'));
    expect(await test({ connection: { brokers, tls: { enabled: true } } })).toMatchObject(field('tls'));
  });
});

describe('a pipeline', () => {
  it('is stored only when everything about it holds', async () => {
    const before = await pipelineCount();
    const cases: [object, Record<string, unknown>][] = [
      [definition({ sourceId: 'none' }), { code: 'REFERENCE_MISSING', fields: [{ path: 'sourceId' }] }],
      [definition({ clusterId: 'none' }), { code: 'REFERENCE_MISSING', fields: [{ path: 'clusterId' }] }],
      [
        definition({}, { tableIncludeList: [`${shop}\\.nope`] }),
        { code: 'UNKNOWN_TABLE', fields: [{ path: 'config.tableIncludeList.0' }] },
      ],
      [
        definition({}, { serverId: await ownServerId() }),
        { code: 'DUPLICATE_SERVER_ID', fields: [{ path: 'config.serverId' }] },
      ],
    ];
    for (const [body, problem] of cases) expect((await post('/pipelines', body)).json).toMatchObject(problem);
    expect(await pipelineCount()).toBe(before);
  });

  it('lives: previewed, created, started, stopped, reconfigured, deleted, with every wish in its log', async () => {
    const body = definition();
    const preview = await post('/pipelines/preview', body);
    expect(preview.json.tables).toEqual([
      expect.objectContaining({
        topic: `${body.config.topicPrefix}.${shop}.orders`,
        key: ['id'],
        topicExists: false,
      }),
    ]);
    const created = await post('/pipelines', body);
    expect(created).toMatchObject({
      status: 201,
      json: { desiredState: 'stopped', status: { state: 'stopped' } },
    });
    const path = `/pipelines/${created.json.id}`;
    expect((await post('/pipelines', definition({ name: body.name }))).json).toMatchObject({
      status: 409,
      code: 'NAME_TAKEN',
    });
    expect((await post('/pipelines', definition({}, body.config))).json).toMatchObject({
      status: 409,
      code: 'TOPIC_PREFIX_TAKEN',
    });
    expect((await post(`${path}/actions/pause`)).json).toMatchObject({
      status: 409,
      code: 'ACTION_NOT_POSSIBLE',
    });
    expect((await post(`${path}/actions/start`)).json).toMatchObject({
      desiredState: 'running',
      status: { state: 'pending' },
    });
    expect(await console.services.queue.list()).toContain(created.json.id);
    expect((await post(`${path}/actions/stop`)).json).toMatchObject({
      desiredState: 'stopped',
      status: { state: 'stopped' },
    });
    const prefix = await console.call({ method: 'PATCH', path, body: { config: { topicPrefix: 'other' } } });
    expect(prefix.json).toMatchObject({
      code: 'TOPIC_PREFIX_FIXED',
      fields: [{ path: 'config.topicPrefix' }],
    });
    const events = (await console.call({ path: `${path}/events` })).json.items;
    expect(events).toMatchObject([
      { message: 'Asked to stop', actor: 'token admin' },
      { message: 'Asked to start' },
      { type: 'pipeline.created' },
    ]);
    expect((await console.call({ method: 'DELETE', path: `/sources/${sourceId}` })).json.code).toBe(
      'SOURCE_IN_USE',
    );
    expect((await console.call({ method: 'DELETE', path })).status).toBe(204);
    expect((await console.call({ path })).status).toBe(404);
  });

  async function ownServerId(): Promise<number> {
    const { host, port, admin } = stack.mariadb;
    const handle = await createConnection({ host, port, ...admin });
    const [rows] = await handle.query('SELECT @@server_id AS id');
    await handle.end();
    return Array.isArray(rows) && rows[0] !== undefined && 'id' in rows[0] ? Number(rows[0].id) : 0;
  }
});
