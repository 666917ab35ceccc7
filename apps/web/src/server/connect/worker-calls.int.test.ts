import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectServer, startConnectServer } from './connect-server.ts';
import { failure, startTestConnect, type TestConnect } from './testing/test-connect.ts';

/**
 * The calls that concern no single connector, and who may make which, on the real console. Statuses, bodies and texts are those that Kafka
 * Connect 4.3 gave to the same calls, with Debezium 3.5 as its plug-in.
 */

let connect: TestConnect;
const call: TestConnect['call'] = (line, sent) => connect.call(line, sent);
beforeAll(async () => {
  connect = await startTestConnect(await sharedStack(['postgres', 'redis', 'kafka', 'mariadb']));
});
afterAll(() => connect.close());

describe('the worker', () => {
  it('names its version and cluster', async () => {
    await connect.create();
    expect(await call('GET /')).toMatchObject({
      status: 200,
      json: { version: '4.3.1', commit: expect.any(String), kafka_cluster_id: expect.stringMatching(/.+/) },
    });
  });

  it('says without credentials whether it is healthy', async () => {
    expect(await call('GET /health', { role: null })).toMatchObject({
      status: 200,
      json: { status: 'healthy', message: 'Worker has completed startup and is ready to handle requests.' },
    });
  });

  it('knows no other addresses and methods', async () => {
    expect(await call('GET /nope')).toMatchObject(failure(404, 'HTTP 404 Not Found'));
    expect(await call('DELETE /connectors')).toMatchObject(failure(405, 'HTTP 405 Method Not Allowed'));
    expect(await call('POST /')).toMatchObject(failure(405, 'HTTP 405 Method Not Allowed'));
  });

  it('has its loggers read and set', async () => {
    expect((await call('GET /admin/loggers')).json).toEqual({
      root: { level: 'ERROR', last_modified: null },
    });
    expect(await call('PUT /admin/loggers/root', { body: {}, role: 'admin' })).toMatchObject(
      failure(400, "Desired 'level' parameter was not specified in request."),
    );
    expect(await call('PUT /admin/loggers/root', { body: { level: 'nope' }, role: 'admin' })).toMatchObject(
      failure(404, "invalid log level 'NOPE'."),
    );
    const set = await call('PUT /admin/loggers/root', { body: { level: 'warn' }, role: 'admin' });
    expect([set.status, set.text]).toEqual([200, '["root"]']);
    expect((await call('GET /admin/loggers/root')).json).toEqual({
      level: 'WARN',
      last_modified: expect.any(Number),
    });
    const cluster = await call('PUT /admin/loggers/root?scope=cluster', {
      body: { level: 'ERROR' },
      role: 'admin',
    });
    expect([cluster.status, cluster.text]).toEqual([204, '']);
    expect(await call('GET /admin/loggers/io.debezium')).toMatchObject(
      failure(404, 'Logger io.debezium not found.'),
    );
  });
});

describe('who may do what', () => {
  it('nobody without credentials, and the answer says how to give them', async () => {
    const answer = await call('GET /connectors', { role: null });
    expect(answer).toMatchObject(failure(401, expect.stringContaining('Sign in')));
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Sealane", charset="UTF-8"');
  });

  it('takes basic credentials: e-mail and password, or any name with a token', async () => {
    const basic = (user: string, password: string) => ({
      role: null,
      headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    });
    expect((await call('GET /connectors', basic('ann@example.com', 'correct horse'))).status).toBe(200);
    expect((await call('GET /connectors', basic('ann@example.com', 'correct horse'))).status).toBe(200);
    expect((await call('GET /connectors', basic('ANN@example.com', 'wrong horse'))).status).toBe(401);
    expect((await call('GET /connectors', basic('anyone', connect.web.tokens.viewer))).status).toBe(200);
    expect((await call('PUT /connectors/x/stop', basic('anyone', connect.web.tokens.viewer))).status).toBe(
      403,
    );
    const forged = {
      headers: { ...basic('ann@example.com', 'correct horse').headers, 'sec-fetch-site': 'cross-site' },
    };
    expect((await call('PUT /connectors/x/stop', { role: null, ...forged })).status).toBe(403);
  });

  it('stops guessing of passwords', async () => {
    const guess = () =>
      call('GET /connectors', {
        role: null,
        headers: { authorization: `Basic ${Buffer.from('bob@example.com:guess').toString('base64')}` },
      });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) statuses.push((await guess()).status);
    expect(new Set(statuses.slice(0, 10))).toEqual(new Set([401]));
    expect(statuses[10]).toBe(429);
  });

  it('lets viewers read, with secrets masked, and change nothing', async () => {
    const { name, config } = await connect.create();
    const seen = await call(`GET /connectors/${name}/config`, { role: 'viewer' });
    expect(seen.json).toEqual({ ...config, 'database.password': '********' });
    const expanded = await call('GET /connectors?expand=info', { role: 'viewer' });
    expect(expanded.text).not.toContain(config['database.password']);
    for (const line of [
      'POST /connectors',
      `DELETE /connectors/${name}`,
      `PUT /connectors/${name}/config`,
      `PATCH /connectors/${name}/config`,
      `PUT /connectors/${name}/pause`,
      `POST /connectors/${name}/restart`,
      `DELETE /connectors/${name}/offsets`,
      'PUT /connector-plugins/MariaDb/config/validate',
    ])
      expect((await call(line, { role: 'viewer' })).status, line).toBe(403);
    expect((await call('PUT /admin/loggers/root', { role: 'operator' })).status).toBe(403);
  });
});

describe('plug-ins', () => {
  it('are the two connectors, described by the schema of the console', async () => {
    for (const line of ['GET /connector-plugins', 'GET /connector-plugins?connectorsOnly=false']) {
      expect(JSON.parse((await call(line)).text)).toEqual([
        {
          class: 'io.debezium.connector.mariadb.MariaDbConnector',
          type: 'source',
          version: expect.any(String),
        },
        { class: 'io.debezium.connector.mysql.MySqlConnector', type: 'source', version: expect.any(String) },
      ]);
    }
    const definitions = JSON.parse((await call('GET /connector-plugins/MySqlConnector/config')).text);
    expect(definitions).toContainEqual({
      name: 'topic.prefix',
      type: 'STRING',
      required: true,
      default_value: null,
      importance: 'HIGH',
      documentation: expect.any(String),
      group: 'Capture',
      order_in_group: 1,
      width: 'MEDIUM',
      display_name: 'Topic prefix',
      dependents: [],
    });
    expect(await call('GET /connector-plugins/nope/config')).toMatchObject(
      failure(404, 'Unknown plugin nope.'),
    );
  });

  it('validates without creating: each wrong property has its errors, and the count is true', async () => {
    const config: Record<string, string> = { ...connect.config(), name: 'x' };
    const validate = (plugin: string, body: Record<string, string>) =>
      call(`PUT /connector-plugins/${plugin}/config/validate`, { body });
    const right = await validate('MariaDb', config);
    expect(right).toMatchObject({
      status: 200,
      json: { name: config['connector.class'], error_count: 0, groups: expect.any(Array) },
    });
    const wrong = await validate('MariaDbConnector', {
      ...config,
      'database.port': 'x',
      'tombstones.on.delete': 'maybe',
    });
    const configs = wrong.json.configs as {
      definition: unknown;
      value: { name: string; errors: string[] };
    }[];
    expect([wrong.status, wrong.json.error_count]).toEqual([200, 2]);
    expect(configs.flatMap(({ value }) => value.errors)).toEqual([
      "The 'database.port' value is invalid: An integer is expected",
      "The 'tombstones.on.delete' value is invalid: Either 'true' or 'false' is expected",
    ]);
    expect(configs.find(({ value }) => value.name === 'database.password')?.value).toEqual({
      name: 'database.password',
      value: '[hidden]',
      recommended_values: [],
      errors: [],
      visible: true,
    });
    const unreachable = await validate('MariaDb', { ...config, 'database.password': 'wrong' });
    expect(unreachable.json.error_count).toBe(1);
    expect(unreachable.text).toContain('Unable to connect: ');
    expect(await validate('nope', config)).toMatchObject(
      failure(400, `Included connector type ${config['connector.class']} does not match request type nope`),
    );
    expect((await call('GET /connectors/x')).status).toBe(404);
  });
});

describe('the port of its own', () => {
  let server: ConnectServer;
  beforeAll(async () => {
    server = await startConnectServer(connect.web.services, { port: 0, host: '127.0.0.1' });
  });
  afterAll(() => server.close());

  it('answers at the root, bodies and slashes at the end included', async () => {
    const url = `http://127.0.0.1:${server.port}`;
    const headers = {
      authorization: `Bearer ${connect.web.tokens.operator}`,
      'content-type': 'application/json',
    };
    const name = uniqueName('own port ');
    const body = JSON.stringify({ name, config: connect.config(), initial_state: 'STOPPED' });
    const created = await fetch(`${url}/connectors/`, { method: 'POST', headers, body });
    expect([created.status, created.headers.get('location')]).toEqual([
      201,
      `/connectors/${encodeURIComponent(name)}`,
    ]);
    const listed = await fetch(`${url}/connectors/`, { headers });
    expect(await listed.json()).toContain(name);
    const stop = await fetch(`${url}/connectors/${encodeURIComponent(name)}/stop`, {
      method: 'PUT',
      headers,
    });
    expect(stop.status).toBe(204);
    expect((await fetch(`${url}/connectors`)).status).toBe(401);
  });
});
