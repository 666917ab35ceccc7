/**
 * Takes a picture of every page at 1440 and 390 px, light and dark, into a folder given as the argument.
 * Run on demand against a running console: `npx tsx apps/web/e2e/screenshots.ts FOLDER [PAGES] [LOOKS]`,
 * where PAGES is a regular expression of names and LOOKS names themes and widths, e.g. `dark|390`.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { readE2eEnv } from './env.ts';
import { connectionStates, type ShownSource, wizardStates } from './screenshot-states.ts';

const env = readE2eEnv();
const [folder = 'screenshots', only, looks = 'light|dark|1440|390'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

interface Shot {
  name: string;
  path: string;
  /** Brings the page into the state to be shown. */
  prepare?: (page: Page) => Promise<void>;
}

async function idsOf(page: Page): Promise<{
  pipelines: string[];
  source: ShownSource | null;
  cluster: string | null;
  topic: string | null;
}> {
  const json = async (url: string) =>
    (await page.request.get(url)).json() as Promise<{
      items?: { id: string; name: string; pipelines?: unknown[]; messages?: string | null }[];
    }>;
  const pipelines = (await json('/api/v1/pipelines')).items ?? [];
  const sources = await page.request.get('/api/v1/sources');
  const source = ((await sources.json()) as { items?: ShownSource[] }).items?.[0] ?? null;
  const cluster = (await json('/api/v1/clusters')).items?.[0]?.id ?? null;
  const topics =
    cluster === null ? [] : ((await json(`/api/v1/clusters/${cluster}/topics?pageSize=200`)).items ?? []);
  const written = topics.filter(
    (entry) => (entry.pipelines?.length ?? 0) > 0 && Number(entry.messages) > 500,
  );
  const topic =
    (written.find((entry) => entry.name.endsWith('.orders')) ?? written[0] ?? topics[0])?.name ?? null;
  return { pipelines: pipelines.map((entry) => entry.id), source, cluster, topic };
}

async function openFirstMessage(page: Page): Promise<void> {
  await page.locator('[data-message-grid] tbody tr').first().click();
  await page.waitForTimeout(600);
}

async function openNewestChange(page: Page): Promise<void> {
  await page.locator('[data-timeline] [data-offset]').first().click();
  await page.waitForTimeout(1500);
}

async function shotsOf(page: Page): Promise<Shot[]> {
  const { pipelines, source, cluster, topic } = await idsOf(page);
  const shots: Shot[] = [
    { name: 'overview', path: '/' },
    { name: 'pipelines', path: '/pipelines' },
    { name: 'pipelines-filtered', path: '/pipelines?q=nothing-is-called-that' },
    { name: 'wizard-source', path: '/pipelines/new' },
    { name: 'topics', path: '/topics' },
    { name: 'messages', path: '/messages' },
    { name: 'sources', path: '/settings/sources' },
    { name: 'clusters', path: '/settings/clusters' },
    { name: 'tokens', path: '/settings/tokens' },
    { name: 'workers', path: '/settings/workers' },
    { name: 'palette', path: '/', prepare: async (p) => p.keyboard.press('Control+k') },
    { name: 'not-found', path: '/pipelines/there-is-no-such-one' },
    ...connectionStates(),
    ...(source === null ? [] : wizardStates(source)),
  ];
  for (const [index, id] of pipelines.slice(0, 3).entries()) {
    for (const tab of ['', '/tables', '/schema', '/messages', '/logs', '/configuration']) {
      if (index > 0 && tab !== '') continue;
      shots.push({ name: `pipeline-${index}${tab.replace('/', '-')}`, path: `/pipelines/${id}${tab}` });
    }
  }
  if (pipelines[0] !== undefined) {
    shots.push({
      name: 'schema-change-open',
      path: `/pipelines/${pipelines[0]}/schema?origin=statement`,
      prepare: openNewestChange,
    });
  }
  if (topic !== null) {
    const base = `/topics/${encodeURIComponent(topic)}`;
    shots.push(
      { name: 'topic', path: `${base}?cluster=${cluster}` },
      { name: 'topic-messages', path: `${base}/messages?cluster=${cluster}` },
      {
        name: 'topic-message-open',
        path: `${base}/messages?cluster=${cluster}&op=u`,
        prepare: openFirstMessage,
      },
    );
  }
  return shots;
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(env.adminEmail);
  await page.getByLabel('Password').fill(env.adminPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor({ timeout: 120_000 });
}

async function shootAll(browser: Browser): Promise<void> {
  const first = await browser.newContext({ baseURL: env.baseUrl });
  const page = await first.newPage();
  page.setDefaultNavigationTimeout(120_000);
  await signIn(page);
  const state = await first.storageState();
  const shots = await shotsOf(page);
  await first.close();
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      if (!looks.includes(theme) || !looks.includes(String(width))) continue;
      const context = await browser.newContext({
        baseURL: env.baseUrl,
        storageState: state,
        viewport: { width, height: width === 390 ? 844 : 900 },
        colorScheme: theme,
      });
      const tab = await context.newPage();
      tab.setDefaultNavigationTimeout(120_000);
      for (const shot of shots) {
        if (only !== undefined && !new RegExp(only).test(shot.name)) continue;
        await tab.goto(shot.path);
        await tab.locator('main').waitFor();
        await tab.waitForTimeout(2000);
        await tab
          .waitForFunction(() => document.querySelector('.skeleton') === null, null, { timeout: 40_000 })
          .catch(() => null);
        await tab.waitForTimeout(700);
        try {
          await shot.prepare?.(tab);
        } catch (error) {
          process.stderr.write(
            `${shot.name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`,
          );
        }
        await tab.waitForTimeout(300);
        await tab.screenshot({
          path: path.join(folder, `${shot.name}-${width}-${theme}.png`),
          fullPage: true,
        });
      }
      await context.close();
    }
  }
}

const browser = await chromium.launch({ executablePath: env.chromium, args: env.chromiumArgs });
try {
  await shootAll(browser);
} finally {
  await browser.close();
}
