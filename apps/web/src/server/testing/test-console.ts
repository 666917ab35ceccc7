import type { Role } from '@sealane/contracts/api/account';
import type { Problem } from '@sealane/contracts/api/problem';
import { createToken } from '@sealane/db/repositories/tokens';
import { insertUser } from '@sealane/db/repositories/users';
import { createFreshDatabase } from '@sealane/db/testing/fresh-database';
import { hashPassword } from 'better-auth/crypto';
import { readEnv } from '../../env.ts';
import { createApiHandler } from '../http/handle-api-request.ts';
import { createServices, type Services } from '../services.ts';

const ORIGIN = 'http://console.test';

/** A whole console without Next: its API and sign-in as functions of requests, on an own database. */
export interface TestConsole {
  services: Services;
  /** The text of an API token of each role. */
  tokens: Record<Role, string>;
  /** Sends as a token of this role, unless `headers` say otherwise. `body` is sent as JSON, a string as it is. */
  call(request: TestCall): Promise<TestAnswer>;
  /** Signs in and returns the cookie; null when refused. */
  signIn(email: string, password: string): Promise<string | null>;
  close(): Promise<void>;
}

interface TestCall {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  role?: Role | null;
  headers?: Record<string, string>;
}

interface TestAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed; for errors a problem document. */
  json: Problem & Record<string, unknown>;
}

/** `env` adds variables to those that a console needs. */
export async function startTestConsole(stack: {
  postgres: { url: string };
  redis: { url: string };
  name: string;
  env?: Record<string, string>;
}): Promise<TestConsole> {
  const fresh = await createFreshDatabase(stack.postgres.url, { name: stack.name });
  const env = readEnv({
    DATABASE_URL: fresh.url,
    REDIS_URL: ownKeys(stack.redis.url),
    SEALANE_ENCRYPTION_KEY: 'cd'.repeat(32),
    LOG_LEVEL: 'error',
    ...stack.env,
  });
  const services = createServices(env);
  const tokens = await makeTokens(services);
  const handle = createApiHandler(services);
  return {
    services,
    tokens,
    async call({ method = 'GET', path, body, role = 'admin', headers = {} }) {
      const authorization: Record<string, string> =
        role === null ? {} : { authorization: `Bearer ${tokens[role]}` };
      const content = typeof body === 'string' ? body : JSON.stringify(body);
      const request = new Request(`${ORIGIN}/api/v1${path}`, {
        method,
        headers: { host: 'console.test', 'content-type': 'application/json', ...authorization, ...headers },
        ...(content === undefined ? {} : { body: content }),
      });
      return readAnswer(await handle(request));
    },
    async signIn(email, password) {
      const response = await services.auth.handler(
        // Next gives the address it listens on; the one that the browser asked for stands in Host.
        new Request('http://localhost:3000/api/auth/sign-in/email', {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: ORIGIN, host: new URL(ORIGIN).host },
          body: JSON.stringify({ email, password }),
        }),
      );
      return response.status === 200 ? (response.headers.get('set-cookie')?.split(';')[0] ?? null) : null;
    },
    async close() {
      services.live.close();
      await services.queue.close();
      services.redis.disconnect();
      await services.database.close();
      await fresh.drop();
    },
  };
}

/** Workers of other tests take jobs from Redis database 0; this one is for consoles. */
function ownKeys(redisUrl: string): string {
  const url = new URL(redisUrl);
  url.pathname = '/9';
  return url.href;
}

async function makeTokens({ database }: Services): Promise<Record<Role, string>> {
  const make = async (role: Role) =>
    (await createToken(database, { name: role, role, createdBy: 'test', expiresAt: null })).text;
  await insertUser(database, {
    email: 'Ann@example.com',
    name: 'Ann',
    role: 'operator',
    passwordHash: await hashPassword('correct horse'),
  });
  return { viewer: await make('viewer'), operator: await make('operator'), admin: await make('admin') };
}

async function readAnswer(response: Response): Promise<TestAnswer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
}
