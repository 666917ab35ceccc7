import { flavorSchema } from '@sealane/contracts/connection';
import { connectorClasses } from '@sealane/contracts/connector/connector-classes';
import {
  type ConnectorRow,
  findConnector,
  listConnectors,
  resetConnectorTopics,
} from '@sealane/db/repositories/connectors';
import { deletePipeline } from '@sealane/db/repositories/pipelines';
import { notifyRemoved } from '../pipelines/notify.ts';
import { actOnConnector, type ConnectorAction, restartConnector } from './act-on-connector.ts';
import { changeConnector } from './change-connector.ts';
import { emptyAnswer, jsonAnswer } from './connect-answer.ts';
import { readConfig, readConfigPatch, readCreateRequest } from './connect-body.ts';
import { type ConnectCall, isTrue, readableConfig } from './connect-call.ts';
import { connectError, connectorNotFound } from './connect-error.ts';
import { activeTopics } from './connector-topics.ts';
import { type ConnectorView, configOf, findView, renderConfig } from './connector-view.ts';
import { createConnector, namedConfig } from './create-connector.ts';
import { findDefaultCluster } from './default-cluster.ts';
import { hasTask, serializeInfo, serializeStatus } from './serialize-connector.ts';

/** The calls below `/connectors`: each reads its request, has the work done, and answers as Connect does. */

export async function listAll(call: ConnectCall): Promise<Response> {
  const rows = await listConnectors(call.services);
  const expand = call.query.getAll('expand').flatMap((value) => value.split(','));
  if (expand.length === 0)
    return jsonAnswer(
      200,
      rows.map(({ pipeline }) => pipeline.name),
    );
  const defaultId = (await findDefaultCluster(call.services))?.id ?? null;
  const entries = rows.map((row) => {
    const info = () => serializeInfo({ row, config: readableConfig(call, renderConfig(row, defaultId)) });
    return [
      row.pipeline.name,
      {
        ...(expand.includes('status') ? { status: serializeStatus(row.pipeline) } : {}),
        ...(expand.includes('info') ? { info: info() } : {}),
      },
    ];
  });
  return jsonAnswer(200, Object.fromEntries(entries));
}

export async function create(call: ConnectCall): Promise<Response> {
  const { name: given, config, initialState } = readCreateRequest(call.body);
  const name = given === '' ? (config.name ?? '').trim() : given;
  await createConnector(call, { name, config: namedConfig(name, config), initialState });
  return created(call, name);
}

export async function get(call: ConnectCall): Promise<Response> {
  return jsonAnswer(200, serializeInfo(await viewOf(call)));
}

export async function getConfig(call: ConnectCall): Promise<Response> {
  return jsonAnswer(200, (await viewOf(call)).config);
}

export async function putConfig(call: ConnectCall): Promise<Response> {
  const name = nameOf(call);
  const config = namedConfig(name, readConfig(call.body));
  const row = await findConnector(call.services, name);
  if (row === null) {
    await createConnector(call, { name, config, initialState: 'running' });
    return created(call, name);
  }
  await changeConnector(call, row, config);
  return get(call);
}

export async function patchConfig(call: ConnectCall): Promise<Response> {
  const row = await rowOf(call);
  const config = new Map(Object.entries(await configOf(call.services, row)));
  for (const [property, value] of Object.entries(readConfigPatch(call.body))) {
    if (value === null) config.delete(property);
    else config.set(property, value);
  }
  await changeConnector(call, row, namedConfig(nameOf(call), Object.fromEntries(config)));
  return get(call);
}

export async function remove(call: ConnectCall): Promise<Response> {
  const { pipeline } = await rowOf(call);
  if (!(await deletePipeline(call.services.database, pipeline.id))) throw connectorNotFound(pipeline.name);
  await notifyRemoved(call.services, pipeline.id, call.log);
  return emptyAnswer(204);
}

export async function status(call: ConnectCall): Promise<Response> {
  const row = await findConnector(call.services, nameOf(call));
  if (row === null) throw connectError(404, `No status found for connector ${nameOf(call)}`);
  return jsonAnswer(200, serializeStatus(row.pipeline));
}

export async function tasks(call: ConnectCall): Promise<Response> {
  return jsonAnswer(200, taskConfigs(await viewOf(call)));
}

/** The deprecated form of {@link tasks}. */
export async function tasksConfig(call: ConnectCall): Promise<Response> {
  const entries = taskConfigs(await viewOf(call));
  return jsonAnswer(
    200,
    Object.fromEntries(entries.map(({ id, config }) => [`${id.connector}-${id.task}`, config])),
  );
}

export async function taskStatus(call: ConnectCall): Promise<Response> {
  const { task } = call.params;
  const row = await findConnector(call.services, nameOf(call));
  const info = row && serializeStatus(row.pipeline).tasks.find(({ id }) => String(id) === task);
  if (!info) throw connectError(404, `No status found for task ${nameOf(call)}-${task}`);
  return jsonAnswer(200, info);
}

/** Connect restarts the connector without its task by default; here they are one. */
export async function restart(call: ConnectCall): Promise<Response> {
  const row = await rowOf(call, `Unknown connector: ${nameOf(call)}`);
  const onlyFailed = isTrue(call.query, 'onlyFailed');
  const { restarted, pipeline } = await restartConnector(call, row, { onlyFailed });
  if (!onlyFailed && !isTrue(call.query, 'includeTasks')) return emptyAnswer(204);
  return jsonAnswer(202, serializeStatus(pipeline, restarted ? 'RESTARTING' : undefined));
}

export async function restartTask(call: ConnectCall): Promise<Response> {
  const row = await rowOf(call, `Unknown connector: ${nameOf(call)}`);
  if (call.params.task !== '0' || !hasTask(row.pipeline))
    throw connectError(404, `Unknown task: ${nameOf(call)}-${call.params.task}`);
  await restartConnector(call, row, { onlyFailed: false });
  return emptyAnswer(204);
}

/** `pause` and `resume` answer 202, `stop` 204. */
export function acting(action: ConnectorAction): (call: ConnectCall) => Promise<Response> {
  return async (call) => {
    await actOnConnector(call, await rowOf(call, `Unknown connector ${nameOf(call)}`), action);
    return emptyAnswer(action === 'stop' ? 204 : 202);
  };
}

export async function topics(call: ConnectCall): Promise<Response> {
  const name = nameOf(call);
  const row = await findConnector(call.services, name);
  return jsonAnswer(200, { [name]: { topics: row === null ? [] : await activeTopics(call, row) } });
}

export async function resetTopics(call: ConnectCall): Promise<Response> {
  const row = await findConnector(call.services, nameOf(call));
  if (row !== null) await resetConnectorTopics(call.services.database, row.pipeline.id);
  return emptyAnswer(202);
}

async function created(call: ConnectCall, name: string): Promise<Response> {
  const view = await findView(call, name);
  if (view === null) throw connectorNotFound(name);
  const location = `${call.base}/connectors/${encodeURIComponent(name)}`;
  return jsonAnswer(201, serializeInfo(view), { location });
}

function taskConfigs({ row, config }: ConnectorView) {
  const { name, source } = row.pipeline;
  if (!hasTask(row.pipeline)) return [];
  const taskClass = `${connectorClasses[flavorSchema.parse(source.flavor)]}Task`;
  return [{ id: { connector: name, task: 0 }, config: { ...config, 'task.class': taskClass } }];
}

export function nameOf({ params }: ConnectCall): string {
  return params.name ?? '';
}

export async function rowOf(call: ConnectCall, missing?: string): Promise<ConnectorRow> {
  const row = await findConnector(call.services, nameOf(call));
  if (row !== null) return row;
  throw missing === undefined ? connectorNotFound(nameOf(call)) : connectError(404, missing);
}

async function viewOf(call: ConnectCall): Promise<ConnectorView> {
  const view = await findView(call, nameOf(call));
  if (view === null) throw connectorNotFound(nameOf(call));
  return view;
}
