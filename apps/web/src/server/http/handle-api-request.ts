import { randomUUID } from 'node:crypto';
import { ORPCError } from '@orpc/client';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { BodyLimitPlugin } from '@orpc/server/fetch';
import { problemSchema } from '@sealane/contracts/api/problem';
import { SealaneError } from '@sealane/errors/sealane-error';
import { authenticate } from '../auth/authenticate.ts';
import { authorize } from '../auth/operation-roles.ts';
import type { OperationContext } from '../context.ts';
import type { Log } from '../log.ts';
import { router } from '../router.ts';
import type { Services } from '../services.ts';
import { malformedRequest, toOperationError, toProblem } from './problem.ts';

const MAX_BODY_BYTES = 1_048_576;
const KEEP_ALIVE_MS = 10_000;
const API_PREFIX = '/api/v1';

/** The API as a function of requests; made once. */
export type ApiHandler = (request: Request) => Promise<Response>;

/** Every answer has `x-request-id`; errors are problem documents and are logged here, once. */
export function createApiHandler(services: Services): ApiHandler {
  const handler = createOpenApiHandler();
  return async (request) => {
    const requestId = randomUUID();
    const log = services.log.child({
      requestId,
      method: request.method,
      path: new URL(request.url).pathname,
    });
    try {
      const actor = await authenticate(services, request);
      const context = { services, actor, requestId, log };
      const { matched, response } = await handler.handle(request, { prefix: API_PREFIX, context });
      return matched
        ? withRequestId(response, requestId)
        : problemResponse(noSuchOperation(request), context);
    } catch (thrown) {
      return problemResponse(toOperationError(thrown), { requestId, log });
    }
  };
}

function createOpenApiHandler(): OpenAPIHandler<OperationContext> {
  return new OpenAPIHandler<OperationContext>(router, {
    plugins: [new BodyLimitPlugin({ maxBodySize: MAX_BODY_BYTES })],
    eventIteratorKeepAliveInterval: KEEP_ALIVE_MS,
    customErrorResponseBodyEncoder: (error) => problemSchema.safeParse(error.data).data,
    interceptors: [
      async ({ context, next }) => {
        try {
          return await next();
        } catch (thrown) {
          if (thrown instanceof ORPCError && problemSchema.safeParse(thrown.data).success) throw thrown;
          throw problemError(
            thrown instanceof SyntaxError ? malformedRequest(thrown) : toOperationError(thrown),
            context,
          );
        }
      },
    ],
    clientInterceptors: [
      async ({ context, path, next }) => {
        try {
          authorize(context.actor, path.join('.'));
          const output = await next();
          return isEventIterator(output) ? reportStreamErrors(output, context) : output;
        } catch (thrown) {
          throw problemError(toOperationError(thrown), context);
        }
      },
    ],
  });
}

function isEventIterator(output: unknown): output is AsyncGenerator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

/** A stream that fails midway ends with an `error` event that holds the problem. */
async function* reportStreamErrors(
  events: AsyncGenerator<unknown>,
  context: OperationContext,
): AsyncGenerator<unknown> {
  try {
    yield* events;
  } catch (thrown) {
    throw problemError(toOperationError(thrown), context);
  }
}

function problemError(
  error: SealaneError,
  { requestId, log }: { requestId: string; log: Log },
): ORPCError<string, unknown> {
  const problem = toProblem(error, requestId);
  logProblem(error, problem.status, log);
  return new ORPCError(problem.code, { status: problem.status, message: error.message, data: problem });
}

function problemResponse(error: SealaneError, { requestId, log }: { requestId: string; log: Log }): Response {
  const problem = toProblem(error, requestId);
  logProblem(error, problem.status, log);
  return withRequestId(Response.json(problem, { status: problem.status }), requestId);
}

/** Defects and failures of what we depend on are errors; a caller's mistakes are worth a line only. */
function logProblem(err: SealaneError, status: number, log: Log): void {
  if (status >= 500) log.error({ err, status }, err.message);
  else log.info({ code: err.code, why: err.why, status }, err.message);
}

function withRequestId(response: Response, requestId: string): Response {
  const headers = new Headers(response.headers);
  headers.set('x-request-id', requestId);
  headers.set('cache-control', 'no-store');
  if (response.status >= 400) headers.set('content-type', 'application/problem+json');
  if (headers.get('content-type')?.startsWith('text/event-stream') === true) {
    headers.set('cache-control', 'no-store, no-transform');
    headers.set('x-accel-buffering', 'no');
  }
  return new Response(response.body, { status: response.status, headers });
}

function noSuchOperation(request: Request): SealaneError {
  return new SealaneError({
    code: 'NOT_FOUND',
    message: `There is no operation ${request.method} ${new URL(request.url).pathname}.`,
    remedy: `See ${API_PREFIX}/openapi.json.`,
  });
}
