import { defineConfig, devices } from '@playwright/test';
import { readE2eEnv } from './apps/web/e2e/env.ts';
import { sessionFile } from './apps/web/e2e/session.ts';

const env = readE2eEnv();

/** Browser tests against a running console; the launcher gives its address and those of the services. */
export default defineConfig({
  testDir: 'apps/web/e2e',
  outputDir: 'test-results',
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  projects: [
    { name: 'session', testMatch: '**/*.setup.ts' },
    {
      name: 'console',
      testMatch: '**/*.e2e.ts',
      dependencies: ['session'],
      use: { storageState: sessionFile },
    },
  ],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    baseURL: env.baseUrl,
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: env.chromium, args: env.chromiumArgs },
  },
});
