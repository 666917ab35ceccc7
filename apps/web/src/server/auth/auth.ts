import type { Database } from '@sealane/db/database';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import type { Env } from '../../env.ts';
import { deriveAuthSecret } from './auth-secret.ts';
import { ownOrigins } from './same-origin.ts';

/** The sign-in library, set up: sessions in Postgres, e-mail and password, nobody signs up by themselves. */
export type Auth = ReturnType<typeof createAuth>;

export interface AuthOptions {
  env: Env;
  database: Database;
}

const SESSION_SECONDS = 7 * 24 * 3600;
const SIGN_IN_WINDOW_SECONDS = 60;
const SIGN_INS_PER_WINDOW = 10;

export function createAuth({ env, database }: AuthOptions) {
  const secure = env.SEALANE_BASE_URL?.startsWith('https:') === true;
  return betterAuth({
    appName: 'Sealane',
    baseURL: env.SEALANE_BASE_URL ?? `http://localhost:${env.PORT}`,
    trustedOrigins: (request) => (request === undefined ? [] : ownOrigins(request)),
    basePath: '/api/auth',
    secret: deriveAuthSecret(env.SEALANE_ENCRYPTION_KEY),
    telemetry: { enabled: false },
    database: prismaAdapter(database.prisma, { provider: 'postgresql' }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8, maxPasswordLength: 256 },
    session: { expiresIn: SESSION_SECONDS, updateAge: 24 * 3600 },
    user: { additionalFields: { role: { type: 'string', input: false, defaultValue: 'viewer' } } },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 10,
      max: 200,
      customRules: { '/sign-in/email': { window: SIGN_IN_WINDOW_SECONDS, max: SIGN_INS_PER_WINDOW } },
    },
    advanced: { useSecureCookies: secure, cookiePrefix: 'sealane' },
  });
}
