import { expect, type Page } from '@playwright/test';
import { readE2eEnv } from './env.ts';

const env = readE2eEnv();

/** Where the session of `session.setup.ts` is kept for the tests that start signed in. */
export const sessionFile = 'test-results/session.json';

/** The state of a browser that nobody has signed in to. */
export const signedOut = { cookies: [], origins: [] };

/** Signs in through the page, as a person does. */
export async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(env.adminEmail);
  await page.getByLabel('Password').fill(env.adminPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible({ timeout: 60_000 });
}
