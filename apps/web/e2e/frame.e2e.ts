import { expect, test } from '@playwright/test';
import { readE2eEnv } from './env.ts';
import { signedOut, signIn } from './session.ts';

const env = readE2eEnv();

test.describe('sign-in', () => {
  test.use({ storageState: signedOut });

  test('sends who is not signed in to the sign-in page and back', async ({ page }) => {
    await page.goto('/topics?internal=true');
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await page.getByLabel('Email').fill(env.adminEmail);
    await page.getByLabel('Password').fill(env.adminPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/topics\?internal=true/);
  });

  test('says at the field that the password is wrong', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(env.adminEmail);
    await page.getByLabel('Password').fill('certainly-wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('Email or password is wrong.')).toBeVisible();
    await expect(page.getByLabel('Password')).toHaveAttribute('aria-invalid', 'true');
  });

  test('never leads to another site after sign-in', async ({ page }) => {
    await page.goto('/sign-in?next=//example.com/');
    await page.getByLabel('Email').fill(env.adminEmail);
    await page.getByLabel('Password').fill(env.adminPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  });

  test('ends with signing out', async ({ page }) => {
    await signIn(page);
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goto('/pipelines');
    await expect(page).toHaveURL(/\/sign-in/);
  });
});

test.describe('the frame, by keyboard', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  });

  test('goes to a page through the palette', async ({ page }) => {
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Go to a page, pipeline or topic…').fill('tokens');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'API tokens', level: 1 })).toBeVisible();
  });

  test('folds the rail and remembers it', async ({ page }) => {
    await page.keyboard.press('Control+b');
    await expect(page.locator('html')).toHaveAttribute('data-rail', 'closed');
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-rail', 'closed');
    await expect(page.getByRole('link', { name: 'Pipelines', exact: true })).toBeVisible();
  });

  test('skips to the page with the first Tab', async ({ page }) => {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  });

  test('keeps the dark theme over a reload, before the first paint', async ({ page }) => {
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveClass(/dark/);
    await page.reload({ waitUntil: 'commit' });
    await expect(page.locator('html')).toHaveClass(/dark/);
  });

  test('opens the navigation as a drawer on a narrow window', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Topics' }).click();
    await expect(page.getByRole('heading', { name: 'Topics', level: 1 })).toBeVisible();
  });
});

test('says since when a page is old and why, while it cannot be read again', async ({ page }) => {
  await page.goto('/settings/workers');
  const rows = page.getByRole('table', { name: 'Workers' }).locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  const notice = page.getByRole('alert').filter({ hasText: 'This page is not up to date' });
  await expect(notice).toBeHidden();
  await page.route('**/api/v1/workers*', (route) => route.abort());
  await expect(notice).toBeVisible({ timeout: 30_000 });
  await expect(notice).toContainText(/was read at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
  await expect(notice).toContainText('CONSOLE_UNREACHABLE');
  await expect(rows.first()).toBeVisible();
  await page.unroute('**/api/v1/workers*');
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect(notice).toBeHidden();
});
