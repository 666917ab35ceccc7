import { type APIRequestContext, expect, test } from '@playwright/test';
import { readE2eEnv } from './env.ts';
import { openShop, type Shop } from './shop.ts';

const { services, apiToken } = readE2eEnv();

test.describe('a pipeline from the JSON of a Debezium connector', () => {
  test.skip(services === null, 'SEALANE_E2E_MARIADB_* and SEALANE_E2E_BROKERS are not set');
  test.setTimeout(180_000);
  let shop: Shop;
  let api: APIRequestContext;
  const made: string[] = [];

  test.beforeAll(async ({ playwright, baseURL }) => {
    if (services === null) return;
    shop = await openShop(services);
    await shop.run('CREATE TABLE tags (tag VARCHAR(40) NOT NULL, note TEXT, UNIQUE KEY (tag))');
    api = await playwright.request.newContext({
      ...(baseURL === undefined ? {} : { baseURL }),
      extraHTTPHeaders: { authorization: `Bearer ${apiToken}` },
    });
    const data = { name: `Kafka of ${shop.database}`, connection: { brokers: services.brokers.split(',') } };
    const cluster = await api.post('/api/v1/clusters', { data });
    expect(cluster.status(), await cluster.text()).toBe(201);
    made.push(`clusters/${((await cluster.json()) as { id: string }).id}`);
  });

  test.afterAll(async () => {
    for (const path of made.toReversed()) await api.delete(`/api/v1/${path}`);
    await api?.dispose();
    await shop?.drop();
  });

  /** The connector as its owner has it, with some properties of their own. */
  function connector(change: Record<string, string> = {}): string {
    if (services === null) throw new Error('No services were given');
    return JSON.stringify({
      name: `orders of ${shop.database}`,
      config: {
        'connector.class': 'io.debezium.connector.mariadb.MariaDbConnector',
        'tasks.max': '1',
        'database.hostname': services.host,
        'database.port': String(services.port),
        'database.user': services.user,
        'database.password': services.password,
        'database.server.id': '184054',
        'topic.prefix': shop.database,
        'database.include.list': shop.database,
        'table.include.list': `${shop.database}.orders,${shop.database}.tags`,
        'snapshot.mode': 'schema_only',
        ...change,
      },
    });
  }

  test('is read, judged, corrected, filled in, and created', async ({ page }) => {
    await page.goto('/pipelines/new');
    await page.getByRole('button', { name: 'From a connector' }).click();
    const dialog = page.getByRole('dialog', { name: 'From a Debezium connector' });
    const paste = dialog.getByLabel('Connector', { exact: true });
    const fill = dialog.getByRole('button', { name: 'Fill in the form' });

    await test.step('what is no JSON says so at the field', async () => {
      await expect(fill).toBeDisabled();
      await paste.fill('{"name": ');
      await expect(paste).toHaveAttribute('aria-invalid', 'true');
      await expect(fill).toBeDisabled();
    });

    await test.step('a value that cannot be is named with its property', async () => {
      await paste.fill(connector({ 'decimal.handling.mode': 'roughly' }));
      await expect(dialog.getByText('1 error: correct it above')).toBeVisible();
      await expect(dialog.getByText('decimal.handling.mode', { exact: true })).toBeVisible();
      await expect(fill).toBeDisabled();
    });

    await test.step('old names and what has no effect are told', async () => {
      await paste.fill(connector());
      await expect(dialog.getByText('"schema_only" is now called "no_data"')).toBeVisible();
      await dialog.getByText(/^Without effect here/).click();
      await expect(dialog.getByText('tasks.max', { exact: true })).toBeVisible();
    });

    await test.step('a source that refuses keeps the dialog open, with the reason', async () => {
      await paste.fill(connector({ 'database.user': 'nobody_of_that_name' }));
      await fill.click();
      await expect(dialog.getByText('The source could not be connected')).toBeVisible();
      await expect(dialog.getByText('SOURCE_ACCESS_DENIED')).toBeVisible();
    });

    await test.step('the form is filled in', async () => {
      await paste.fill(connector());
      await fill.click();
      await expect(dialog).toHaveCount(0);
      await expect(page.getByRole('radio', { checked: true })).toBeVisible();
      const sources = (await (await api.get('/api/v1/sources?pageSize=200')).json()) as {
        items: { id: string; name: string }[];
      };
      const added = sources.items.find(
        ({ name }) => name === `${services?.user}@${services?.host}:${services?.port}`,
      );
      if (added) made.push(`sources/${added.id}`);
    });

    await test.step('its tables, topics and keys are previewed', async () => {
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await expect(page.getByLabel('Topic prefix', { exact: true })).toHaveValue(shop.database);
      const preview = page.getByRole('complementary', { name: 'Preview' });
      await expect(preview).toContainText(`${shop.database}.${shop.database}.orders`);
      await expect(preview.getByRole('listitem').filter({ hasText: '.tags' })).toContainText('key tag');
      await page.getByRole('button', { name: 'Next', exact: true }).click();
    });

    await test.step('it is created as the connector was called', async () => {
      await page.getByRole('radio', { name: new RegExp(`Kafka of ${shop.database}`) }).click();
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await expect(page.getByLabel('Pipeline name')).toHaveValue(`orders of ${shop.database}`);
      await page.getByRole('checkbox', { name: 'Start it as soon as it is created' }).click();
      await page.getByRole('button', { name: /^Create/ }).click();
      await expect(page.getByRole('heading', { name: `orders of ${shop.database}`, level: 1 })).toBeVisible();
      const id = /pipelines\/([^/?]+)/.exec(page.url())?.[1];
      made.push(`pipelines/${id}`);
      const stored = (await (await api.get(`/api/v1/pipelines/${id}`)).json()) as { config: object };
      expect(stored.config).toMatchObject({ topicPrefix: shop.database, snapshotMode: 'no_data' });
    });
  });
});
