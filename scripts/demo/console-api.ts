import { SealaneError } from '@sealane/errors/sealane-error';

/** The console's REST API as the demo uses it: JSON in, JSON out, problems as errors. */
export interface ConsoleApi {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
}

/** A client of `/api/v1` with an API token. Throws {@link SealaneError} with the API's own code and remedy. */
export function createConsoleApi(options: { url: string; token: string }): ConsoleApi {
  const headers = { authorization: `Bearer ${options.token}`, 'content-type': 'application/json' };
  const call = async <T>(path: string, init: RequestInit): Promise<T> => {
    const response = await fetch(`${options.url}/api/v1${path}`, {
      ...init,
      headers,
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    if (!response.ok) throw toError(`${init.method ?? 'GET'} ${path}`, response.status, text);
    return JSON.parse(text) as T;
  };
  return {
    get: (path) => call(path, {}),
    post: (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) }),
  };
}

function toError(operation: string, status: number, body: string): SealaneError {
  return new SealaneError({
    code: 'DEMO_API_CALL_FAILED',
    message: `${operation} answered ${status}.`,
    why: body.slice(0, 2_000),
  });
}
