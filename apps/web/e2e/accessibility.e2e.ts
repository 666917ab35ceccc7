import { expect, test } from '@playwright/test';
import { findings } from './axe-findings.ts';
import { readE2eEnv } from './env.ts';
import { signedOut } from './session.ts';
import { streamedShop } from './streamed-shop.ts';

const { services } = readE2eEnv();

const pages = [
  { name: 'overview', path: '/' },
  { name: 'pipelines', path: '/pipelines' },
  { name: 'new pipeline', path: '/pipelines/new' },
  { name: 'topics', path: '/topics' },
  { name: 'messages', path: '/messages' },
  { name: 'sources', path: '/settings/sources' },
  { name: 'clusters', path: '/settings/clusters' },
  { name: 'tokens', path: '/settings/tokens' },
  { name: 'workers', path: '/settings/workers' },
];

const streamed = streamedShop('to be looked at');

for (const theme of ['light', 'dark'] as const) {
  test.describe(`axe, ${theme}`, () => {
    test.use({ colorScheme: theme });

    test('sign-in', async ({ browser }) => {
      const context = await browser.newContext({ storageState: signedOut, colorScheme: theme });
      const page = await context.newPage();
      await page.goto('/sign-in');
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await context.close();
    });

    test('every page', async ({ page }) => {
      test.setTimeout(300_000);
      for (const { name, path } of pages) {
        await test.step(name, async () => {
          await page.goto(path);
          await expect(page.locator('#page').getByRole('heading', { level: 1 })).toBeVisible();
          expect(await findings(page)).toEqual([]);
        });
      }
    });

    test('a pipeline and a topic', async ({ page }) => {
      test.skip(services === null, 'SEALANE_E2E_MARIADB_* and SEALANE_E2E_BROKERS are not set');
      test.setTimeout(300_000);
      const { pipeline } = streamed();
      for (const tab of ['', '/tables', '/schema', '/messages', '/logs', '/configuration']) {
        await page.goto(`/pipelines/${pipeline.id}${tab}`);
        await expect(page.getByRole('navigation', { name: 'Pipeline' })).toBeVisible();
        expect(await findings(page), tab).toEqual([]);
      }
      for (const tab of ['', '/messages']) {
        await page.goto(`/topics/${pipeline.topic}${tab}?cluster=${pipeline.clusterId}`);
        await expect(page.locator('#page').getByRole('heading', { level: 1 })).toBeVisible();
        expect(await findings(page), `topic${tab}`).toEqual([]);
      }
    });
  });
}
