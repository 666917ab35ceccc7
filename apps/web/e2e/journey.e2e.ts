import { expect, type Page, test } from '@playwright/test';
import { readE2eEnv } from './env.ts';
import { signedOut, signIn } from './session.ts';
import { openShop, type Shop } from './shop.ts';

const env = readE2eEnv();
const services = env.services;

async function fillSource(page: Page, name: string, password: string): Promise<void> {
  if (services === null) throw new Error('No services were given');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Host').fill(services.host);
  await page.getByLabel('Port').fill(String(services.port));
  await page.getByLabel('User', { exact: true }).fill(services.user);
  await page.getByLabel('Password').fill(password);
}

/** Opens the form of a new connection, whether or not others are stored. */
async function openNew(page: Page, other: string, first: string): Promise<void> {
  const another = page.getByRole('button', { name: other });
  await expect(another.or(page.getByRole('heading', { name: first }))).toBeVisible();
  if (await another.isVisible()) await another.click();
}

test.describe('from a database into Kafka, in the browser', () => {
  test.skip(
    services === null,
    'SEALANE_E2E_MARIADB_* and SEALANE_E2E_BROKERS are not set: the launcher gives them',
  );
  test.setTimeout(300_000);
  test.use({ storageState: signedOut });
  let shop: Shop;

  test.beforeAll(async () => {
    if (services !== null) shop = await openShop(services);
  });
  test.afterAll(async () => {
    await shop?.drop();
  });

  test('sign in, create a pipeline, see it stream, read a message, stop it', async ({ page }) => {
    if (services === null) throw new Error('No services were given');
    const name = `Journey ${shop.database}`;
    const first = await shop.insertOrder('before the pipeline');
    await signIn(page);

    await test.step('a wrong password shows the real reason at the field', async () => {
      await page.goto('/pipelines/new');
      await openNew(page, 'Connect another server', 'Connect a database server');
      await fillSource(page, `Source of ${shop.database}`, 'certainly-wrong');
      await page.getByRole('button', { name: 'Test connection' }).click();
      await expect(page.getByText('Connection failed')).toBeVisible();
      await expect(page.getByText('SOURCE_ACCESS_DENIED')).toBeVisible();
      await expect(page.getByLabel('Password')).toHaveAttribute('aria-invalid', 'true');
    });

    await test.step('the right one connects and shows every preflight check', async () => {
      await page.getByLabel('Password').fill(services.password);
      await page.getByRole('button', { name: 'Test connection' }).click();
      await expect(page.getByText(/Connected to M(ariaDB|ySQL)/)).toBeVisible();
      await expect(page.getByText('Preflight', { exact: true })).toBeVisible();
      await page.getByRole('button', { name: 'Add and use' }).click();
      await expect(page.getByRole('radio', { name: new RegExp(`Source of ${shop.database}`) })).toBeChecked();
      await page.getByRole('button', { name: 'Next', exact: true }).click();
    });

    await test.step('tables are picked from the live schema', async () => {
      await page.getByRole('textbox', { name: 'Search tables' }).fill(`${shop.database}.orders`);
      await page.getByRole('checkbox', { name: `${shop.database}.orders` }).click();
      await page.getByRole('button', { name: 'Next', exact: true }).click();
    });

    await test.step('a bad topic prefix is refused at its field, a good one is previewed', async () => {
      const prefix = page.getByLabel('Topic prefix', { exact: true });
      await prefix.fill('not a topic');
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await expect(page.getByText('Only letters, digits, dot, underscore and hyphen')).toBeVisible();
      await prefix.fill(shop.database);
      await expect(page.getByRole('complementary', { name: 'Preview' })).toContainText(
        `${shop.database}.${shop.database}.orders`,
      );
      await page.getByRole('button', { name: 'Next', exact: true }).click();
    });

    await test.step('the cluster is connected', async () => {
      await openNew(page, 'Connect another cluster', 'Connect a Kafka cluster');
      await page.getByLabel('Name', { exact: true }).fill(`Kafka of ${shop.database}`);
      await page.getByLabel('Brokers').fill(services.brokers);
      await page.getByRole('button', { name: 'Add and use' }).click();
      await expect(page.getByText(/Connected in/)).toBeVisible();
      await page.getByRole('button', { name: 'Next', exact: true }).click();
    });

    await test.step('it is created and runs', async () => {
      await page.getByLabel('Pipeline name').fill(name);
      await page.getByRole('button', { name: 'Create and start' }).click();
      await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
      await expect(page.locator('[data-state="running"]')).toBeVisible({ timeout: 90_000 });
    });

    await test.step('changes arrive while one watches', async () => {
      await shop.changeNote(first, 'changed under the eyes of the watcher');
      for (let index = 0; index < 20; index += 1) await shop.insertOrder(`order ${index}`);
      const row = page.getByRole('row', { name: new RegExp(`${shop.database}\\.orders`) });
      await expect(row).toBeVisible();
      await expect(row.getByRole('cell').nth(2)).toHaveText('20', { timeout: 30_000 });
    });

    await test.step('a message is read as a diff with exact digits', async () => {
      await page.getByRole('link', { name: `${shop.database}.orders` }).click();
      await page.getByRole('button', { name: 'Filter' }).click();
      await page.getByRole('combobox', { name: 'Operation' }).click();
      await page.getByRole('option', { name: '~ update' }).click();
      await page.getByRole('button', { name: 'Done' }).click();
      await page.locator('[data-message-grid] tbody tr').first().click();
      const diff = page.getByRole('tabpanel');
      await expect(diff.getByRole('row', { name: /^note/ })).toContainText('before the pipeline');
      await expect(diff.getByRole('row', { name: /^note/ })).toContainText(
        'changed under the eyes of the watcher',
      );
      await expect(diff.getByRole('button', { name: /3 unchanged columns/ })).toBeVisible();
    });

    await test.step('it stops, and says so', async () => {
      await page.goto('/pipelines');
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect(page.locator('[data-state="stopped"]')).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText(/Stopped in/)).toBeVisible();
    });

    await test.step('it is deleted only after its name was typed', async () => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
      await page.getByRole('textbox', { name: /to confirm/ }).fill(name);
      await page.getByRole('button', { name: 'Delete pipeline' }).click();
      await expect(page).toHaveURL(/\/pipelines$/);
      await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
    });

    await test.step('source and cluster can go once nothing uses them', async () => {
      for (const [path, what, name] of [
        ['/settings/sources', 'source', `Source of ${shop.database}`],
        ['/settings/clusters', 'cluster', `Kafka of ${shop.database}`],
      ] as const) {
        await page.goto(path);
        await page.getByRole('button', { name: `Delete ${name}`, exact: true }).click();
        await page.getByRole('button', { name: `Delete ${what}`, exact: true }).click();
        await expect(page.getByRole('row', { name: new RegExp(name) })).toHaveCount(0);
      }
    });
  });
});
