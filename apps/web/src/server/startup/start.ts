import type { Database } from '@sealane/db/database';
import { migrateDatabase } from '@sealane/db/migrate/migrate';
import { ensureManagedToken } from '@sealane/db/repositories/tokens';
import { countUsers, insertUser } from '@sealane/db/repositories/users';
import { SealaneError, toSealaneError } from '@sealane/errors/sealane-error';
import { hashPassword } from 'better-auth/crypto';
import type { Env } from '../../env.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Brings the database to the newest schema and makes sure that someone can sign in. While Postgres is away it keeps
 * trying, with the reason in the log and in `/api/health`. Throws what trying again cannot mend.
 */
export async function startConsole({ env, log, database, startup }: Services): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const applied = await migrateDatabase({ databaseUrl: env.DATABASE_URL });
      if (applied.length > 0) log.info({ applied }, 'database migrated');
      await ensureAccess({ env, log, database });
      startup.finished = true;
      return;
    } catch (thrown) {
      const err = toSealaneError(thrown);
      if (!err.retriable) throw err;
      const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
      log.warn({ err, attempt, waitMs }, 'the console cannot start yet');
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

/** The environment's administrator, when nobody can sign in yet, and the environment's API token. */
async function ensureAccess({
  env,
  log,
  database,
}: {
  env: Env;
  log: Log;
  database: Database;
}): Promise<void> {
  await ensureManagedToken(database, env.SEALANE_API_TOKEN ?? null);
  if ((await countUsers(database)) > 0) return;
  const { SEALANE_ADMIN_EMAIL: email, SEALANE_ADMIN_PASSWORD: password } = env;
  if (email === undefined || password === undefined) {
    log.warn('nobody can sign in: set SEALANE_ADMIN_EMAIL and SEALANE_ADMIN_PASSWORD and start again');
    return;
  }
  const passwordHash = await hashPassword(password);
  if (await insertUser(database, { email, name: 'Administrator', role: 'admin', passwordHash })) {
    log.info({ email }, 'first administrator made');
  }
}

/** What stops the start for good, as one line for the terminal. */
export function describeStartFailure(thrown: unknown): string {
  const error = thrown instanceof SealaneError ? thrown : toSealaneError(thrown);
  return [`${error.code}: ${error.message}`, error.why, error.remedy]
    .filter((part) => part !== null)
    .join('\n  ');
}
