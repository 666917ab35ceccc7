import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { readMigrations } from '../src/migrate/migration-folder.ts';
import { openSchemaEngine } from '../src/migrate/schema-engine.ts';

/**
 * Writes the next migration: the difference between `prisma/migrations` and `prisma/schema.prisma`.
 * Usage: `npm run migration -w @sealane/db -- <postgres url for the shadow database> <name>`; the database must be empty.
 */
async function main(databaseUrl: string | undefined, name: string | undefined): Promise<void> {
  if (databaseUrl === undefined || name === undefined)
    throw new Error('Usage: create-migration.ts <url of an empty database> <name>');
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const schemaPath = path.join(root, 'prisma', 'schema.prisma');
  const { engine, close } = await openSchemaEngine({ databaseUrl, root });
  const migrations = await readMigrations(root);
  const { stdout } = await engine.diff({
    from:
      migrations.migrationDirectories.length === 0 ? { tag: 'empty' } : { tag: 'migrations', ...migrations },
    to: {
      tag: 'schemaDatamodel',
      files: [{ path: schemaPath, content: await readFile(schemaPath, 'utf8') }],
    },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  await close();
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const folder = path.join(migrations.baseDir, `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'migration.sql'), stdout ?? '');
  process.stdout.write(`${folder}\n`);
}

await main(process.argv[2], process.argv[3]);
