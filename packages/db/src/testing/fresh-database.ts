import { Client } from 'pg';
import { createDatabase, type Database } from '../database.ts';
import { migrateDatabase } from '../migrate/migrate.ts';

/** An own database on a shared server, for one test file. */
export interface FreshDatabase {
  url: string;
  database: Database;
  /** Closes the pool and drops the database. */
  drop(): Promise<void>;
}

/** Creates a database named `name` beside the one of `serverUrl`; migrated unless told otherwise. */
export async function createFreshDatabase(
  serverUrl: string,
  { name, migrate = true }: { name: string; migrate?: boolean },
): Promise<FreshDatabase> {
  await execute(serverUrl, `CREATE DATABASE "${name}"`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  if (migrate) await migrateDatabase({ databaseUrl: url.href });
  const database = createDatabase({ url: url.href });
  return {
    url: url.href,
    database,
    async drop() {
      await database.close();
      await execute(serverUrl, `DROP DATABASE "${name}" WITH (FORCE)`);
    },
  };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
