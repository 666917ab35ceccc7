import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '@sealane/stack/start-stack';
import getPort from 'get-port';
import { chromiumOverride, inheritedEnvironment } from '../env.ts';
import { freshEnvironment } from '../product/environment.ts';
import { launchProduct } from '../product/launch-product.ts';
import { runNode } from './steps.ts';
import { emptyTally, type PlaywrightReport, type Tally, tallyPlaywright } from './tally.ts';

const report = join('test-results', 'playwright.json');

/** The Playwright suite against a production build of the console on real services of its own. */
export async function runBrowserTests(): Promise<Tally> {
  const chromium = chromiumOverride() ?? '/usr/bin/chromium';
  if (!existsSync(chromium)) {
    return {
      ...emptyTally(),
      skipped: 1,
      skips: ['browser: Chromium is not installed (package chromium, or SEALANE_CHROMIUM names it)'],
    };
  }
  const folder = mkdtempSync(join(tmpdir(), 'sealane-browser-'));
  const stack = await startStack({
    services: ['postgres', 'redis', 'kafka', 'mariadb'],
    dataDir: join(folder, 'services'),
  });
  try {
    const { postgres, redis, kafka, mariadb } = stack.services;
    const environment = freshEnvironment({ databaseUrl: postgres.address.url, redisUrl: redis.address.url });
    const logFolder = join('test-results', 'logs');
    mkdirSync(logFolder, { recursive: true });
    const product = await launchProduct({
      env: { ...inheritedEnvironment(), ...environment },
      port: await getPort(),
      logFolder,
    });
    try {
      const code = await runNode(['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], {
        ...environment,
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        SEALANE_E2E_BASE_URL: product.url,
        SEALANE_E2E_CHROMIUM: chromium,
        SEALANE_E2E_MARIADB_HOST: mariadb.address.host,
        SEALANE_E2E_MARIADB_PORT: String(mariadb.address.port),
        SEALANE_E2E_MARIADB_USER: mariadb.address.admin.user,
        SEALANE_E2E_MARIADB_PASSWORD: mariadb.address.admin.password,
        SEALANE_E2E_BROKERS: kafka.address.brokers.join(','),
      });
      return tallyRun(code);
    } finally {
      await product.stop();
    }
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function tallyRun(code: number): Tally {
  if (!existsSync(report))
    return { ...emptyTally(), failed: 1, failures: [`browser: no report was written (exit ${code})`] };
  const tally = tallyPlaywright(JSON.parse(readFileSync(report, 'utf8')) as PlaywrightReport);
  if (code !== 0 && tally.failed === 0)
    return { ...tally, failed: 1, failures: [`browser: the runner failed outside its tests (exit ${code})`] };
  return tally;
}
