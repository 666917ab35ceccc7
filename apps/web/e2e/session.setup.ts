import { test } from '@playwright/test';
import { sessionFile, signIn } from './session.ts';

test('signs in once for the tests that start signed in', async ({ page }) => {
  await signIn(page);
  await page.context().storageState({ path: sessionFile });
});
