import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/**
 * Generates the Prisma client. `prisma generate` does not run the schema engine but insists on having its
 * binary, which it would download; naming any executable keeps it from that, so that it works offline.
 */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const cli = createRequire(path.join(root, 'package.json')).resolve('prisma/build/index.js');
const result = spawnSync(
  process.execPath,
  [cli, 'generate', '--schema', 'prisma/schema.prisma', '--no-hints'],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  },
);
if (result.error !== undefined) throw result.error;
process.exit(result.status ?? 1);
