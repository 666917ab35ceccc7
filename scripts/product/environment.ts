import { randomBytes } from 'node:crypto';

/** The variables of the environment contract that web and worker are started with. */
export interface ProductEnvironment {
  DATABASE_URL: string;
  REDIS_URL: string;
  SEALANE_ENCRYPTION_KEY: string;
  SEALANE_ADMIN_EMAIL: string;
  SEALANE_ADMIN_PASSWORD: string;
  SEALANE_API_TOKEN: string;
}

/** A throw-away installation on the given stores: every secret is new and lives only as long as its processes. */
export function freshEnvironment(stores: { databaseUrl: string; redisUrl: string }): ProductEnvironment {
  return {
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.redisUrl,
    SEALANE_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    SEALANE_ADMIN_EMAIL: 'admin@sealane.local',
    SEALANE_ADMIN_PASSWORD: randomBytes(12).toString('base64url'),
    SEALANE_API_TOKEN: `sl_${randomBytes(24).toString('base64url')}`,
  };
}
