import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { signIn } from './session.ts';

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

for (const theme of ['light', 'dark'] as const) {
  test.describe(`axe, ${theme}`, () => {
    test.use({ colorScheme: theme });

    test('sign-in', async ({ page }) => {
      await page.goto('/sign-in');
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });

    test('every page', async ({ page }) => {
      test.setTimeout(300_000);
      await signIn(page);
      for (const { name, path } of pages) {
        await test.step(name, async () => {
          await page.goto(path);
          await expect(page.locator('#page').getByRole('heading', { level: 1 })).toBeVisible();
          expect(await findings(page)).toEqual([]);
        });
      }
    });

    test('a pipeline and a topic, where there are some', async ({ page }) => {
      test.setTimeout(300_000);
      await signIn(page);
      const pipelines = (await (await page.request.get('/api/v1/pipelines')).json()) as {
        items: { id: string }[];
      };
      const clusters = (await (await page.request.get('/api/v1/clusters')).json()) as {
        items: { id: string }[];
      };
      const id = pipelines.items[0]?.id;
      const cluster = clusters.items[0]?.id;
      test.skip(
        id === undefined || cluster === undefined,
        'no pipeline is stored: the journey test deletes its own',
      );
      for (const tab of ['', '/tables', '/messages', '/logs', '/configuration']) {
        await page.goto(`/pipelines/${id}${tab}`);
        await expect(page.getByRole('navigation', { name: 'Pipeline' })).toBeVisible();
        expect(await findings(page), tab).toEqual([]);
      }
    });
  });
}
