import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure, startTestConnect, type TestConnect } from './testing/test-connect.ts';

/**
 * Creating and reading connectors on the real console. Statuses, bodies and texts are those that Kafka
 * Connect 4.3 gave to the same calls, with Debezium 3.5 as its plug-in.
 */

let connect: TestConnect;
const call: TestConnect['call'] = (line, sent) => connect.call(line, sent);
beforeAll(async () => {
  connect = await startTestConnect(await sharedStack(['postgres', 'redis', 'kafka', 'mariadb']));
});
afterAll(() => connect.close());

describe('creating a connector', () => {
  it('answers 201 with the connector, and gives its configuration back word for word', async () => {
    const name = uniqueName('shop');
    const config = { ...connect.config(), 'unknown.property': ' kept ', 'poll.interval.ms': '100' };
    const answer = await call('POST /connectors', { body: { name, config, initial_state: 'paused' } });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/connect/connectors/${name}`);
    expect(answer.json).toEqual({
      name,
      config: { ...config, name },
      tasks: [{ connector: name, task: 0 }],
      type: 'source',
    });
    expect((await call(`GET /connectors/${name}/config`)).json).toEqual({ ...config, name });
    expect(await call('POST /connectors', { body: { name, config } })).toMatchObject(
      failure(409, `Connector ${name} already exists`),
    );
  });

  it('stores the configuration encrypted', async () => {
    const { name, config } = await connect.create();
    const row = await connect.web.services.database.prisma.pipeline.findUniqueOrThrow({ where: { name } });
    expect(row.connectorConfig).toMatch(/^v1\./);
    expect(row.connectorConfig).not.toContain(config['database.password']);
  });

  it('makes one source for all connectors of a user of a server, and a pipeline that the console shows', async () => {
    const first = await connect.create();
    const second = await connect.create();
    const pipelines = (await connect.web.call({ path: '/pipelines?pageSize=200' })).json.items as {
      name: string;
      source: { id: string };
      cluster: { name: string };
      config: { topicPrefix: string; tableIncludeList: string[] };
    }[];
    const [one, two] = [first, second].map(({ name }) => pipelines.find((entry) => entry.name === name));
    expect(one?.source.id).toBe(two?.source.id);
    expect(one).toMatchObject({
      cluster: { name: 'connect' },
      config: {
        topicPrefix: first.config['topic.prefix'],
        tableIncludeList: [`${connect.database}\\.orders`, `${connect.database}\\.items`],
      },
    });
  });

  it('shows a pipeline of the console as a connector, from whose configuration it could be made again', async () => {
    const { name, config } = await connect.create();
    const source = (await connect.web.call({ path: '/pipelines?pageSize=200' })).json.items as {
      name: string;
      source: { id: string };
      cluster: { id: string };
    }[];
    const like = source.find((entry) => entry.name === name);
    const made = await connect.web.call({
      method: 'POST',
      path: '/pipelines',
      body: {
        name: uniqueName('made in the console '),
        sourceId: like?.source.id,
        clusterId: like?.cluster.id,
        start: false,
        config: { topicPrefix: uniqueName('tp'), tableIncludeList: [`${connect.database}\\.orders`] },
      },
    });
    expect(made.status).toBe(201);
    const path = `/connectors/${encodeURIComponent(String(made.json.name))}`;
    const seen = await call(`GET ${path}/config`);
    expect(seen.json).toMatchObject({
      name: made.json.name,
      'connector.class': config['connector.class'],
      'database.password': config['database.password'],
      'table.include.list': `${connect.database}\\.orders`,
    });
    expect(await call(`DELETE ${path}`)).toMatchObject({ status: 204 });
    expect(
      await call('POST /connectors', {
        body: { name: made.json.name, config: seen.json, initial_state: 'STOPPED' },
      }),
    ).toMatchObject({ status: 201, json: { config: seen.json } });
  });

  it('refuses what is wrong, in the words of Connect', async () => {
    const refused = async (body: unknown, headers?: Record<string, string>) => {
      const { status, json } = await call('POST /connectors', { body, ...(headers ? { headers } : {}) });
      return { status, json };
    };
    const config = connect.config();
    const invalid = (...errors: unknown[]) =>
      failure(
        400,
        `Connector configuration is invalid and contains the following ${errors.length} error(s):\n${errors.join('\n')}\nYou can also find the above list of errors at the endpoint \`/connector-plugins/{connectorType}/config/validate\``,
      );
    expect(await refused({ name: 'x', config: {} })).toEqual(
      failure(400, 'Connector config {name=x} contains no connector type'),
    );
    expect(await refused({ name: 'x', config: { ...config, name: 'y' } })).toEqual(
      failure(400, "Connector name configuration (y) doesn't match connector name in the URL (x)"),
    );
    expect(await refused({ config })).toEqual(
      invalid('Invalid value  for configuration name: String may not be empty'),
    );
    expect(
      await refused({
        name: 'x',
        config: { ...config, 'database.server.id': '-1', 'tombstones.on.delete': 'x' },
      }),
    ).toEqual(
      invalid(
        "The 'tombstones.on.delete' value is invalid: Either 'true' or 'false' is expected",
        "The 'database.server.id' value is invalid: A positive, non-zero integer value is expected",
      ),
    );
    expect(await refused({ name: 'x', config: { ...config, 'connector.class': 'nope.Nope' } })).toEqual(
      failure(
        400,
        expect.stringContaining(
          'Failed to find any class that implements Connector and which name matches nope.Nope, available connectors are:',
        ),
      ),
    );
    expect(await refused({ name: 'x', config: { ...config, 'database.password': 'wrong' } })).toEqual(
      failure(400, expect.stringMatching(/contains the following 1 error.*\nUnable to connect: .*[Aa]ccess/)),
    );
    const mysql = 'io.debezium.connector.mysql.MySqlConnector';
    expect(await refused({ name: 'x', config: { ...config, 'connector.class': mysql } })).toEqual(
      failure(400, expect.stringContaining('the server is MariaDB')),
    );
    expect(await refused({ name: 'x', config, initial_state: 'BAD' })).toEqual(
      failure(400, expect.stringContaining('No enum constant BAD')),
    );
    expect(await refused({ name: 'x', config, unknown: 1 })).toEqual(
      failure(400, 'Unrecognized field "unknown", not marked as ignorable'),
    );
    expect(await refused('{"name":')).toEqual(failure(400, expect.stringContaining('cannot be read')));
    expect(await refused('hello', { 'content-type': 'text/plain' })).toEqual(
      failure(415, 'HTTP 415 Unsupported Media Type'),
    );
    expect((await call('GET /connectors/x')).status).toBe(404);
  });

  it('leaves no source behind when the pipeline is refused', async () => {
    const sources = async () => (await connect.web.call({ path: '/sources' })).json.total;
    const before = await sources();
    const { host } = connect.stack.mariadb;
    const alias = host === '127.0.0.1' ? 'localhost' : '127.0.0.1';
    const config = connect.config({ 'database.hostname': alias, 'table.include.list': 'no_such\\.table' });
    expect(await call('POST /connectors', { body: { name: uniqueName('x'), config } })).toMatchObject(
      failure(400, expect.stringContaining('No table of the source matches')),
    );
    expect(await sources()).toBe(before);
  });
});

describe('reading connectors', () => {
  it('lists names, and status and info on demand', async () => {
    const { name, config } = await connect.create();
    for (const line of ['GET /connectors', 'GET /connectors/']) {
      const { status, text } = await call(line);
      expect([status, JSON.parse(text)]).toEqual([200, expect.arrayContaining([name])]);
    }
    const { json } = await call('GET /connectors?expand=status&expand=info');
    expect(json[name]).toEqual({
      status: {
        name,
        connector: { state: 'STOPPED', worker_id: 'unassigned', version: expect.any(String) },
        tasks: [],
        type: 'source',
      },
      info: { name, config, tasks: [], type: 'source' },
    });
    expect((await call('GET /connectors?expand=nothing')).json[name]).toEqual({});
  });

  it('shows the task of one that runs', async () => {
    const { name, config } = await connect.create({}, 'RUNNING');
    expect((await call(`GET /connectors/${name}/status`)).json).toMatchObject({
      connector: { state: 'UNASSIGNED' },
      tasks: [{ id: 0, state: 'UNASSIGNED' }],
    });
    await connect.workerReports(name, 'running');
    const running = { state: 'RUNNING', worker_id: 'worker-1', version: expect.any(String) };
    expect((await call(`GET /connectors/${name}/status`)).json).toEqual({
      name,
      connector: running,
      tasks: [{ id: 0, ...running }],
      type: 'source',
    });
    expect((await call(`GET /connectors/${name}/tasks/0/status`)).json).toEqual({ id: 0, ...running });
    const taskConfig = { ...config, 'task.class': 'io.debezium.connector.mariadb.MariaDbConnectorTask' };
    expect(JSON.parse((await call(`GET /connectors/${name}/tasks`)).text)).toEqual([
      { id: { connector: name, task: 0 }, config: taskConfig },
    ]);
    expect((await call(`GET /connectors/${name}/tasks-config`)).json).toEqual({ [`${name}-0`]: taskConfig });
    expect(await call(`GET /connectors/${name}/tasks/7/status`)).toMatchObject(
      failure(404, `No status found for task ${name}-7`),
    );
  });

  it('shows why one has failed, and what to do', async () => {
    const { name } = await connect.create({}, 'RUNNING');
    await connect.workerReports(name, 'failed');
    const trace =
      'BINLOG_PURGED: The binlog is gone.\n\tCaused by: The server purged it.\n\tRemedy: Take a new snapshot.';
    expect((await call(`GET /connectors/${name}/status`)).json).toMatchObject({
      connector: { state: 'FAILED', trace },
      tasks: [{ id: 0, state: 'FAILED', trace }],
    });
  });

  it('says of a name that is none what Connect says', async () => {
    const unknown: [line: string, message: string, body?: unknown][] = [
      ['GET /connectors/none', 'Connector none not found'],
      ['DELETE /connectors/none', 'Connector none not found'],
      ['GET /connectors/none/config', 'Connector none not found'],
      ['PATCH /connectors/none/config', 'Connector none not found', { a: 'b' }],
      ['GET /connectors/none/status', 'No status found for connector none'],
      ['GET /connectors/none/tasks', 'Connector none not found'],
      ['GET /connectors/none/tasks/0/status', 'No status found for task none-0'],
      ['POST /connectors/none/tasks/0/restart', 'Unknown connector: none'],
      ['POST /connectors/none/restart', 'Unknown connector: none'],
      ['PUT /connectors/none/pause', 'Unknown connector none'],
      ['PUT /connectors/none/resume', 'Unknown connector none'],
      ['PUT /connectors/none/stop', 'Unknown connector none'],
      ['GET /connectors/none/offsets', 'Connector none not found'],
      ['DELETE /connectors/none/offsets', 'Connector none not found'],
    ];
    for (const [line, message, body] of unknown) {
      expect(await call(line, { body }), line).toMatchObject(failure(404, message));
    }
    expect((await call('GET /connectors/none/topics')).json).toEqual({ none: { topics: [] } });
  });
});
