import { expect, type Page, test } from '@playwright/test';
import { findings } from './axe-findings.ts';
import { readE2eEnv } from './env.ts';
import { streamedShop } from './streamed-shop.ts';

const { services } = readE2eEnv();

test.describe('the schema tab of a pipeline', () => {
  test.skip(services === null, 'SEALANE_E2E_MARIADB_* and SEALANE_E2E_BROKERS are not set');
  test.setTimeout(180_000);
  const streamed = streamedShop('first');
  const changes = (page: Page) => page.getByRole('list', { name: 'Schema changes, newest first' });

  test('shows a DDL as it comes, with its statement, position and column diff', async ({ page }) => {
    const { shop, pipeline } = streamed();
    await page.goto(`/pipelines/${pipeline.id}`);
    await page.getByRole('navigation', { name: 'Pipeline' }).getByRole('link', { name: 'Schema' }).click();
    const list = changes(page);

    await test.step('what the snapshot read is one line that unfolds', async () => {
      const reading = list.getByRole('button', { name: /tables read by a snapshot/ });
      await expect(reading).toHaveAttribute('aria-expanded', 'false');
      await reading.click();
      await expect(list.getByRole('button', { name: `${shop.database}.customers` })).toBeVisible();
    });

    await test.step('a statement appears without a reload', async () => {
      await shop.run(
        'ALTER TABLE orders ADD COLUMN weight DECIMAL(30,3) NOT NULL DEFAULT 1.500 FIRST, MODIFY note VARCHAR(400), DROP COLUMN customer, RENAME COLUMN total TO amount',
      );
      await expect(list.getByRole('button', { name: /alter.*orders.*1 column added/ })).toBeVisible();
    });

    await test.step('its detail tells each column', async () => {
      await list.getByRole('button', { name: /alter.*orders/ }).click();
      await expect(page).toHaveURL(/change=\d+/);
      const columns = page.getByRole('table', { name: `Columns of ${shop.database}.orders` });
      await expect(columns.getByRole('row', { name: /^weight added/ })).toContainText(
        'DECIMAL(30,3) NOT NULL DEFAULT 1.500',
      );
      await expect(columns.getByRole('row', { name: /^note changed/ })).toContainText(
        'VARCHAR(200)→VARCHAR(400)',
      );
      await expect(columns.getByRole('row', { name: /^customer removed/ })).toBeVisible();
      await expect(columns.getByRole('row', { name: /^amount changed/ })).toContainText('total→amount');
      await expect(columns.getByRole('button', { name: '1 unchanged column' })).toBeVisible();
      const detail = page.getByRole('region', { name: /^Schema change \d+/ });
      await expect(detail.getByRole('textbox', { name: 'Statement' })).toContainText('ADD COLUMN weight');
      await expect(detail).toContainText(/binlog\.\d+:\d+/);
    });

    await test.step('axe finds nothing', async () => {
      expect(await findings(page)).toEqual([]);
    });
  });

  test('is steered by keys and by its address', async ({ page }) => {
    const { shop, pipeline } = streamed();
    await shop.run('CREATE TABLE notes (id INT PRIMARY KEY)');
    await shop.run('DROP TABLE notes');
    await page.goto(`/pipelines/${pipeline.id}/schema?table=notes`);
    const list = changes(page);
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await page.keyboard.press('j');
    const detail = page.getByRole('region', { name: /^Schema change \d+/ });
    await expect(detail).toContainText('The table was dropped');
    // The address follows what is shown a moment later; a reload goes by the address.
    await expect(page).toHaveURL(/change=\d+/);
    const dropped = page.url();
    await page.keyboard.press('j');
    await expect(detail).toContainText('The first version in the history');
    await expect(page).not.toHaveURL(dropped);
    await page.reload();
    await expect(detail).toContainText('The first version in the history');
    await page.keyboard.press('Escape');
    await expect(detail).toHaveCount(0);
    await page.keyboard.press('/');
    await expect(page.getByRole('textbox', { name: 'Filter by table' })).toBeFocused();
    await page.keyboard.type('-none');
    await expect(page.getByText('No change matches')).toBeVisible();
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect(list.getByRole('button', { name: /drop.*notes/ })).toBeVisible();
  });
});
