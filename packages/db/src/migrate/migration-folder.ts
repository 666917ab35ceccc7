import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { SealaneError } from '@sealane/errors/sealane-error';

/**
 * The nearest folder above one of `starts` that holds `prisma/migrations`. A bundler may move this file's code
 * elsewhere, so the working folder is asked too. Throws `MIGRATIONS_NOT_FOUND`.
 */
export function findRepositoryRoot(starts: readonly string[]): string {
  for (const start of starts) {
    for (let folder = start; ; folder = path.dirname(folder)) {
      if (existsSync(path.join(folder, 'prisma', 'migrations', 'migration_lock.toml'))) return folder;
      if (folder === path.dirname(folder)) break;
    }
  }
  throw new SealaneError({
    code: 'MIGRATIONS_NOT_FOUND',
    message: 'The database migrations are not beside the program.',
    why: `No folder above ${starts.join(' or ')} holds prisma/migrations.`,
    remedy: 'Start Sealane inside its own folder.',
  });
}

/** Reads `prisma/migrations` in the form that the schema engine wants, oldest first. */
export async function readMigrations(root: string): Promise<MigrationList> {
  const baseDir = path.join(root, 'prisma', 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const lockfile = await readFile(path.join(baseDir, 'migration_lock.toml'), 'utf8');
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  );
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}
