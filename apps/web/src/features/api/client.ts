import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { type ApiContract, apiContract } from '@sealane/contracts/api/contract';

/** The typed client of `/api/v1`, one method per operation of the contract. */
export type ApiClient = JsonifiedClient<ContractRouterClient<ApiContract>>;

function origin(): string {
  return typeof window === 'undefined' ? 'http://localhost' : window.location.origin;
}

/** Keeps the problem body of an error answer beside the code, so that why and remedy reach the page. */
function decodeProblem(body: unknown, response: { status: number }): ORPCError<string, unknown> | null {
  if (typeof body !== 'object' || body === null || !('code' in body) || typeof body.code !== 'string')
    return null;
  const title = 'title' in body && typeof body.title === 'string' ? body.title : body.code;
  return new ORPCError(body.code, { status: response.status, message: title, data: body });
}

/**
 * oRPC reads a body as JSON only where its type is `application/json`; a problem document is `application/problem+json`, and would
 * come as a file, with its reason unread.
 */
async function fetchReadable(request: Request, init: RequestInit): Promise<Response> {
  const response = await fetch(request, init);
  if (response.headers.get('content-type')?.startsWith('application/problem+json') !== true) return response;
  const headers = new Headers(response.headers);
  headers.set('content-type', 'application/json');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

const link = new OpenAPILink(apiContract, {
  url: () => `${origin()}/api/v1`,
  fetch: fetchReadable,
  customErrorResponseBodyDecoder: decodeProblem,
});

/** Calls the API directly: event streams and one-off actions. */
export const api: ApiClient = createORPCClient(link);

/** Query and mutation options for TanStack Query, by operation. */
export const queries = createTanstackQueryUtils(api);
