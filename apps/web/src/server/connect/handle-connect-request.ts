import { randomUUID } from 'node:crypto';
import { SealaneError } from '@sealane/errors/sealane-error';
import { authenticateBasicToo } from '../auth/authenticate.ts';
import { createBasicCredentials } from '../auth/basic-credentials.ts';
import type { ApiHandler } from '../http/handle-api-request.ts';
import { malformedRequest, tooLarge } from '../http/problem.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services.ts';
import { jsonAnswer } from './connect-answer.ts';
import { hasRole } from './connect-call.ts';
import { connectError, toConnectError } from './connect-error.ts';
import { connectHealth } from './connect-health.ts';
import { findRoute } from './connect-routes.ts';

const MAX_BODY_BYTES = 1_048_576;

/**
 * Kafka Connect's REST API as a function of requests; made once. `base` is what stands before its own paths in
 * addresses: `/connect`, or nothing where it has a port of its own.
 */
export function createConnectHandler(services: Services, { base }: { base: string }): ApiHandler {
  const credentials = createBasicCredentials(services.database);
  return async (request) => {
    const { pathname, searchParams: query } = new URL(request.url);
    const log = services.log.child({ requestId: randomUUID(), method: request.method, path: pathname });
    const path = pathname.slice(base.length);
    try {
      if (/^\/health\/?$/.test(path)) return await connectHealth(services);
      const actor = await authenticateBasicToo(services, credentials, request);
      const { route, params } = findRoute(request.method, path);
      if (!hasRole(actor, route.role)) throw forbidden(route.role, actor.role);
      const body = await readBody(request);
      return await route.answer({ services, actor, log, params, query, body, base });
    } catch (thrown) {
      return errorResponse(thrown, log);
    }
  };
}

/** Undefined for a request without a body. Throws 413, 415, `MALFORMED_REQUEST`. */
async function readBody(request: Request): Promise<unknown> {
  if (request.method === 'GET' || request.method === 'HEAD' || request.body === null) return undefined;
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const text = await request.text();
  if (text.trim() === '') return undefined;
  if (Buffer.byteLength(text) > MAX_BODY_BYTES) throw tooLarge();
  const type = request.headers.get('content-type');
  if (type !== null && !/^application\/([\w.-]+\+)?json\b/i.test(type))
    throw connectError(415, 'HTTP 415 Unsupported Media Type');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformedRequest(error);
  }
}

/** Defects and failures of what we depend on are errors; a caller's mistakes are worth a line only. */
function errorResponse(thrown: unknown, log: Log): Response {
  const { error, body } = toConnectError(thrown);
  if (body.error_code >= 500) log.error({ err: error, status: body.error_code }, error.message);
  else log.info({ code: error.code, why: error.why, status: body.error_code }, error.message);
  const headers: Record<string, string> =
    body.error_code === 401 ? { 'www-authenticate': 'Basic realm="Sealane", charset="UTF-8"' } : {};
  return jsonAnswer(body.error_code, body, headers);
}

function forbidden(wanted: string, role: string): SealaneError {
  return new SealaneError({
    code: 'FORBIDDEN',
    message: `This needs the role ${wanted}.`,
    why: `You have the role ${role}.`,
    remedy: 'Ask an administrator.',
  });
}
