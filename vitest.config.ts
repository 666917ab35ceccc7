import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const roots = '{apps/*/src,packages/*/src,{bench,differential}/src,scripts}';
const exclude = [...configDefaults.exclude, '**/.next/**', '**/e2e/**'];
const resolve = { alias: { '@': fileURLToPath(new URL('./apps/web/src', import.meta.url)) } };

/**
 * `unit` needs nothing but Node. `int` runs on real servers, which the global set-up starts on first demand
 * and shares between files; its files run one after the other, for the servers share two cores with them.
 */
export default defineConfig({
  resolve,
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: [`${roots}/**/*.test.{ts,tsx}`],
          exclude: [...exclude, '**/*.int.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        test: {
          name: 'int',
          include: [`${roots}/**/*.int.test.ts`],
          exclude,
          globalSetup: ['packages/stack/src/testing/global-setup.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
          // What is waited for on real servers may take longer than a second on a busy machine.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
