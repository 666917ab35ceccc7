import type { Page } from '@playwright/test';

/** A stored source, as far as a connector that reads from it needs it. */
export interface ShownSource {
  host: string;
  port: number;
  user: string;
}

/** A page in a state that its address alone does not bring about. */
export interface ShownState {
  name: string;
  path: string;
  prepare: (page: Page) => Promise<void>;
}

async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.waitForTimeout(1500);
}

/** A connector with old names, keys of its own, and properties that have no effect. */
function connector({ host, port, user }: ShownSource): string {
  const config = {
    'connector.class': 'io.debezium.connector.mariadb.MariaDbConnector',
    'tasks.max': '1',
    'database.hostname': host,
    'database.port': String(port),
    'database.user': user,
    'database.password': 'not-asked-for-when-the-source-is-stored',
    'database.server.id': '5401',
    'topic.prefix': 'shop-two',
    'table.include.list': 'shop\\..*',
    'snapshot.mode': 'schema_only',
    'message.key.columns': '(.*)\\.orders:customer_id,id',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'time.precision.mode': 'connect',
    'errors.tolerance': 'all',
    'tombstones.on.deletes': 'false',
  };
  return JSON.stringify({ name: 'shop-two', config }, null, 2);
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'From a connector' }).click();
  await page.getByLabel('Connector', { exact: true }).fill(text);
  await page.waitForTimeout(300);
}

async function fillFrom(page: Page, source: ShownSource, steps: number): Promise<void> {
  await paste(page, connector(source));
  await page.getByRole('button', { name: 'Fill in the form' }).click();
  await page.waitForTimeout(1500);
  for (let step = 0; step < steps; step += 1) await next(page);
}

/** The wizard's later steps, and a connector pasted into it. */
export function wizardStates(source: ShownSource): ShownState[] {
  const path = '/pipelines/new';
  const steps = ['source', 'tables', 'topics', 'cluster', 'review'] as const;
  return [
    {
      name: 'wizard-tables',
      path,
      prepare: async (page) => {
        await page.getByRole('radio').first().click();
        await next(page);
      },
    },
    {
      name: 'import-unreadable',
      path,
      prepare: (page) => paste(page, '{"name": "shop", "config": {'),
    },
    {
      name: 'import-read',
      path,
      prepare: async (page) => {
        await paste(page, connector(source));
        await page.getByText(/^Without effect here/).click();
      },
    },
    ...steps.map((step, index) => ({
      name: `import-${step}`,
      path,
      prepare: (page: Page) => fillFrom(page, source, index),
    })),
  ];
}

/** The stored connections being tested and edited. */
export function connectionStates(): ShownState[] {
  const test = async (page: Page) => {
    await page
      .getByRole('button', { name: /^Test / })
      .first()
      .click();
    await page.getByText(/^Connected /).waitFor();
  };
  const edit = async (page: Page) => {
    await page
      .getByRole('button', { name: /^Edit / })
      .first()
      .click();
    await page.getByLabel('Name', { exact: true }).waitFor();
  };
  return [
    {
      name: 'source-edit-tested',
      path: '/settings/sources',
      prepare: async (page) => {
        await edit(page);
        await page.getByLabel('Name', { exact: true }).fill('Another name');
        await page.getByRole('button', { name: 'Test connection' }).click();
        await page.getByText(/^Connected /).waitFor();
      },
    },
    {
      name: 'source-edit-refused',
      path: '/settings/sources',
      prepare: async (page) => {
        await edit(page);
        await page.getByLabel('Password').fill('wrong');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('SOURCE_ACCESS_DENIED').waitFor();
      },
    },
    {
      name: 'cluster-edit-refused',
      path: '/settings/clusters',
      prepare: async (page) => {
        await edit(page);
        await page.getByRole('checkbox', { name: 'Encrypt with TLS' }).click();
        await page.getByRole('button', { name: 'Test connection' }).click();
        await page.getByText('KAFKA_TLS_FAILED').waitFor();
      },
    },
    { name: 'source-test', path: '/settings/sources', prepare: test },
    {
      name: 'source-test-unfolded',
      path: '/settings/sources',
      prepare: async (page) => {
        await test(page);
        const folded = page.getByRole('dialog').locator('button[aria-expanded="false"]');
        while ((await folded.count()) > 0) await folded.first().click();
      },
    },
    { name: 'cluster-test', path: '/settings/clusters', prepare: test },
  ];
}
