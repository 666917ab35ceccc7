import { pendingMigrations } from '@sealane/db/migrate/migrate';
import { listWorkers } from '@sealane/db/repositories/workers';
import { toSealaneError } from '@sealane/errors/sealane-error';
import { pingRedis } from '@sealane/jobs/redis';
import { WORKER_ALIVE_MS } from '../account/account-router.ts';
import type { Services } from '../services.ts';

/** One thing the console depends on. `degraded` does not make the console unhealthy. */
interface HealthCheck {
  status: 'ok' | 'degraded' | 'failed';
  detail: string | null;
}

export interface Health {
  status: 'ok' | 'failed';
  checks: { postgres: HealthCheck; migrations: HealthCheck; redis: HealthCheck; workers: HealthCheck };
}

const PING_MS = 2000;
const ok: HealthCheck = { status: 'ok', detail: null };

/** Asks everything at once; never throws. Without a worker the console still serves, so that is `degraded`. */
export async function checkHealth({ database, redis, env, startup }: Services): Promise<Health> {
  const [postgres, migrations, redisCheck, workers] = await Promise.all([
    check(async () => {
      await database.ping();
      return ok;
    }),
    check(async () => {
      const pending = await pendingMigrations({ databaseUrl: env.DATABASE_URL });
      if (pending.length > 0) return { status: 'failed', detail: `${pending.length} not applied yet` };
      return startup.finished ? ok : { status: 'failed', detail: 'the first access is being set up' };
    }),
    check(async () => {
      await pingRedis(redis, PING_MS);
      return ok;
    }),
    check(async () => {
      const alive = await listWorkers(database, WORKER_ALIVE_MS);
      return alive.length > 0
        ? { status: 'ok', detail: `${alive.length} alive` }
        : { status: 'degraded', detail: 'none seen' };
    }),
  ]);
  const needed = [postgres, migrations, redisCheck];
  const status = needed.every((entry) => entry.status === 'ok') ? 'ok' : 'failed';
  return { status, checks: { postgres, migrations, redis: redisCheck, workers } };
}

async function check(ask: () => Promise<HealthCheck>): Promise<HealthCheck> {
  try {
    return await ask();
  } catch (thrown) {
    return { status: 'failed', detail: toSealaneError(thrown).message };
  }
}
