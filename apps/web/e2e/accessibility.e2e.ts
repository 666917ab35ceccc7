import AxeBuilder from '@axe-core/playwright';
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { readE2eEnv } from './env.ts';
import { signedOut } from './session.ts';
import { openShop, type Shop } from './shop.ts';
import { type StreamingPipeline, streamShop } from './streaming-pipeline.ts';

const { services, apiToken } = readE2eEnv();

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

/** Axe's findings of a page as lines that say where and why. */
async function findings(page: Page): Promise<string[]> {
  await expect(page.locator('.skeleton')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page })
    .exclude('nextjs-portal')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'])
    .analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
}

let shop: Shop | null = null;
let api: APIRequestContext | null = null;
let pipeline: StreamingPipeline | null = null;

test.beforeAll(async ({ playwright, baseURL }) => {
  if (services === null) return;
  shop = await openShop(services);
  await shop.insertOrder('to be looked at');
  api = await playwright.request.newContext({
    ...(baseURL === undefined ? {} : { baseURL }),
    extraHTTPHeaders: { authorization: `Bearer ${apiToken}` },
  });
  pipeline = await streamShop(api, services, shop);
});

test.afterAll(async () => {
  await pipeline?.remove();
  await api?.dispose();
  await shop?.drop();
});

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
      if (pipeline === null) throw new Error('No pipeline was made');
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
