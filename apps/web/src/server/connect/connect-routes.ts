import type { Role } from '@sealane/contracts/api/account';
import { jsonAnswer } from './connect-answer.ts';
import type { ConnectCall } from './connect-call.ts';
import { connectError } from './connect-error.ts';
import * as connectors from './connector-calls.ts';
import { alterOffsets, readOffsets, resetOffsets } from './connector-offsets.ts';
import * as worker from './worker-calls.ts';

type ConnectMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation: what it is called, who may call it, and what answers. */
export interface ConnectRoute {
  method: ConnectMethod;
  /** Parts of the path; one that begins with `:` is a parameter. */
  path: string;
  role: Role;
  answer: (call: ConnectCall) => Promise<Response>;
}

const CONNECTOR = '/connectors/:name';
const TASK = `${CONNECTOR}/tasks/:task`;

/** Every operation of Kafka Connect's REST API, deprecated ones included. */
const connectRoutes: readonly ConnectRoute[] = [
  { method: 'GET', path: '/', role: 'viewer', answer: worker.root },
  { method: 'GET', path: '/connectors', role: 'viewer', answer: connectors.listAll },
  { method: 'POST', path: '/connectors', role: 'operator', answer: connectors.create },
  { method: 'GET', path: CONNECTOR, role: 'viewer', answer: connectors.get },
  { method: 'DELETE', path: CONNECTOR, role: 'operator', answer: connectors.remove },
  { method: 'GET', path: `${CONNECTOR}/config`, role: 'viewer', answer: connectors.getConfig },
  { method: 'PUT', path: `${CONNECTOR}/config`, role: 'operator', answer: connectors.putConfig },
  { method: 'PATCH', path: `${CONNECTOR}/config`, role: 'operator', answer: connectors.patchConfig },
  { method: 'GET', path: `${CONNECTOR}/status`, role: 'viewer', answer: connectors.status },
  { method: 'GET', path: `${CONNECTOR}/tasks`, role: 'viewer', answer: connectors.tasks },
  { method: 'GET', path: `${CONNECTOR}/tasks-config`, role: 'viewer', answer: connectors.tasksConfig },
  { method: 'GET', path: `${TASK}/status`, role: 'viewer', answer: connectors.taskStatus },
  { method: 'POST', path: `${TASK}/restart`, role: 'operator', answer: connectors.restartTask },
  { method: 'POST', path: `${CONNECTOR}/restart`, role: 'operator', answer: connectors.restart },
  { method: 'PUT', path: `${CONNECTOR}/pause`, role: 'operator', answer: connectors.acting('pause') },
  { method: 'PUT', path: `${CONNECTOR}/resume`, role: 'operator', answer: connectors.acting('resume') },
  { method: 'PUT', path: `${CONNECTOR}/stop`, role: 'operator', answer: connectors.acting('stop') },
  { method: 'GET', path: `${CONNECTOR}/topics`, role: 'viewer', answer: connectors.topics },
  { method: 'PUT', path: `${CONNECTOR}/topics/reset`, role: 'operator', answer: connectors.resetTopics },
  {
    method: 'GET',
    path: `${CONNECTOR}/offsets`,
    role: 'viewer',
    answer: async (call) =>
      jsonAnswer(200, { offsets: await readOffsets(call, await connectors.rowOf(call)) }),
  },
  {
    method: 'PATCH',
    path: `${CONNECTOR}/offsets`,
    role: 'operator',
    answer: async (call) => jsonAnswer(200, { message: await alterOffsets(call, connectors.nameOf(call)) }),
  },
  {
    method: 'DELETE',
    path: `${CONNECTOR}/offsets`,
    role: 'operator',
    answer: async (call) => jsonAnswer(200, { message: await resetOffsets(call, connectors.nameOf(call)) }),
  },
  { method: 'GET', path: '/connector-plugins', role: 'viewer', answer: worker.plugins },
  { method: 'GET', path: '/connector-plugins/:plugin/config', role: 'viewer', answer: worker.pluginConfig },
  {
    method: 'PUT',
    path: '/connector-plugins/:plugin/config/validate',
    role: 'operator',
    answer: worker.validate,
  },
  { method: 'GET', path: '/admin/loggers', role: 'viewer', answer: worker.loggers },
  { method: 'GET', path: '/admin/loggers/:logger', role: 'viewer', answer: worker.logger },
  { method: 'PUT', path: '/admin/loggers/:logger', role: 'admin', answer: worker.changeLogger },
];

/** The route of a request, found by its path without the base; a slash at the end makes no difference. */
export function findRoute(
  method: string,
  path: string,
): { route: ConnectRoute; params: Record<string, string> } {
  const parts = path.split('/').filter((part) => part !== '');
  const matches = connectRoutes.flatMap((route) => {
    const params = matchPath(route.path, parts);
    return params === null ? [] : [{ route, params }];
  });
  if (matches.length === 0) throw connectError(404, 'HTTP 404 Not Found');
  const wanted = method === 'HEAD' ? 'GET' : method;
  const found = matches.find(({ route }) => route.method === wanted);
  if (found === undefined) throw connectError(405, 'HTTP 405 Method Not Allowed');
  return found;
}

function matchPath(pattern: string, parts: readonly string[]): Record<string, string> | null {
  const wanted = pattern.split('/').filter((part) => part !== '');
  if (wanted.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, name] of wanted.entries()) {
    const part = parts[index] ?? '';
    if (name.startsWith(':')) params[name.slice(1)] = decode(part);
    else if (name !== part) return null;
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw connectError(400, `HTTP 400 Bad Request: "${part}" is not a part of an address`);
  }
}
