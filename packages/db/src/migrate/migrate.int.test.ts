import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFreshDatabase, type FreshDatabase } from '../testing/fresh-database.ts';
import { migrateDatabase, pendingMigrations } from './migrate.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  const { postgres } = await sharedStack(['postgres']);
  fresh = await createFreshDatabase(postgres.url, { name: uniqueName('migrate'), migrate: false });
});
afterAll(() => fresh.drop());

describe('migrating', () => {
  it('applies each migration once when three processes start together, and nothing the next time', async () => {
    const pending = await pendingMigrations({ databaseUrl: fresh.url });
    expect(pending.length).toBeGreaterThan(0);
    const runs = await Promise.all([1, 2, 3].map(() => migrateDatabase({ databaseUrl: fresh.url })));
    expect(runs.flat().sort()).toEqual([...pending].sort());
    expect(await pendingMigrations({ databaseUrl: fresh.url })).toEqual([]);
    expect(await migrateDatabase({ databaseUrl: fresh.url })).toEqual([]);
  });

  it('leaves what `prisma migrate deploy` leaves: its own table of applied migrations', async () => {
    const rows = await fresh.database.prisma.$queryRaw`
      SELECT migration_name AS name, checksum <> '' AS checked FROM _prisma_migrations WHERE finished_at IS NOT NULL`;
    expect(rows).toContainEqual({ name: '20261121000000_init', checked: true });
  });

  it('says that Postgres does not answer, and that trying again may help', async () => {
    await expect(migrateDatabase({ databaseUrl: 'postgresql://a:b@127.0.0.1:1/c' })).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      retriable: true,
    });
  });
});
