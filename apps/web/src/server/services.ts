import { createDatabase, type Database } from '@sealane/db/database';
import { parseKeyring } from '@sealane/db/secrets/keyring';
import { createSecretBox, type SecretBox } from '@sealane/db/secrets/secret-box';
import { createLivePublisher, type LivePublisher } from '@sealane/jobs/live/live-publisher';
import { createLiveSubscriber, type LiveSubscriber } from '@sealane/jobs/live/live-subscriber';
import { createPipelineQueue, type PipelineQueue } from '@sealane/jobs/pipeline-queue';
import { connectRedis, type RedisConnection } from '@sealane/jobs/redis';
import { type Env, readEnv } from '../env.ts';
import { type Auth, createAuth } from './auth/auth.ts';
import { createLog, type Log } from './log.ts';
import { createSessionPool, type SessionPool } from './topics/session-pool.ts';

/** What operations work with: made once per process. */
export interface Services {
  env: Env;
  log: Log;
  database: Database;
  secrets: SecretBox;
  redis: RedisConnection;
  queue: PipelineQueue;
  live: LiveSubscriber;
  publisher: LivePublisher;
  kafka: SessionPool;
  auth: Auth;
  /** Whether the environment's administrator and API token are in place: before, nobody may rely on them. */
  startup: { finished: boolean };
}

/** The start-up code and the routes are bundled apart, so that a module's own variable would exist twice. */
const holder = globalThis as { sealaneServices?: Services };

/** The process's services, made at the first call. Throws `ENVIRONMENT_INVALID`, `ENCRYPTION_KEY_INVALID`. */
export function getServices(): Services {
  holder.sealaneServices ??= createServices(readEnv());
  return holder.sealaneServices;
}

/** Makes them anew, for another environment than the process's own. */
export function createServices(env: Env): Services {
  const log = createLog(env.LOG_LEVEL);
  const secrets = createSecretBox(parseKeyring(env.SEALANE_ENCRYPTION_KEY));
  const database = createDatabase({ url: env.DATABASE_URL });
  const redis = connectRedis({
    url: env.REDIS_URL,
    onError: (err) => log.error({ err }, 'redis connection'),
  });
  return {
    env,
    log,
    secrets,
    database,
    redis,
    queue: createPipelineQueue({ redis }),
    live: createLiveSubscriber({ redis, onError: (err) => log.error({ err }, 'live message') }),
    publisher: createLivePublisher({ redis }),
    kafka: createSessionPool({ database, secrets, log }),
    auth: createAuth({ env, database }),
    startup: { finished: false },
  };
}
