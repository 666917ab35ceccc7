import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { SealaneError } from '@sealane/errors/sealane-error';
import { Client } from 'pg';
import { findRepositoryRoot, readMigrations } from './migration-folder.ts';
import { openSchemaEngine } from './schema-engine.ts';

/** Any fixed number: it keeps processes that start at once from migrating at once. */
const MIGRATION_LOCK = 7_125_630_019;

export interface MigrateOptions {
  databaseUrl: string;
  /** Folder that holds `prisma/migrations`; found by itself when absent. */
  root?: string | undefined;
}

/**
 * Brings the database to the newest migration and returns the names of those applied now. Several processes may
 * call it at once. Throws `DATABASE_UNREACHABLE` (retriable) or `MIGRATION_FAILED`.
 */
export async function migrateDatabase(options: MigrateOptions): Promise<readonly string[]> {
  const root = rootOf(options);
  const client = await connect(options.databaseUrl);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const pending = await readPending(client, root);
    return pending.length === 0 ? [] : await applyMigrations(options.databaseUrl, root);
  } finally {
    await client.end();
  }
}

/** Names of migrations in the folder that the database has not got. Throws `DATABASE_UNREACHABLE`. */
export async function pendingMigrations(options: MigrateOptions): Promise<readonly string[]> {
  const client = await connect(options.databaseUrl);
  try {
    return await readPending(client, rootOf(options));
  } finally {
    await client.end();
  }
}

function rootOf(options: MigrateOptions): string {
  return options.root ?? findRepositoryRoot([path.dirname(fileURLToPath(import.meta.url)), process.cwd()]);
}

async function readPending(client: Client, root: string): Promise<readonly string[]> {
  const names = (await readMigrations(root)).migrationDirectories.map((directory) => directory.path);
  const exists = await client.query<{ present: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present`,
  );
  if (exists.rows[0]?.present !== true) return names;
  const { rows } = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const applied = new Set(rows.map((row) => row.migration_name));
  return names.filter((name) => !applied.has(name));
}

async function applyMigrations(databaseUrl: string, root: string): Promise<readonly string[]> {
  const { engine, close } = await openSchemaEngine({ databaseUrl, root });
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: await readMigrations(root),
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } catch (error) {
    throw new SealaneError({
      code: 'MIGRATION_FAILED',
      message: 'The database could not be brought to the newest schema.',
      why: error instanceof Error ? error.message : String(error),
      remedy: 'See `npx prisma migrate status`; the SQL stands in prisma/migrations.',
      cause: error,
    });
  } finally {
    await close();
  }
}

async function connect(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw new SealaneError({
      code: 'DATABASE_UNREACHABLE',
      message: 'Postgres does not answer.',
      why: error instanceof Error ? error.message : String(error),
      remedy: 'Check DATABASE_URL and that the Postgres server runs.',
      retriable: true,
      cause: error,
    });
  }
}
