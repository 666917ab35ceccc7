import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConsole } from '../startup/start.ts';
import { startTestConsole, type TestConsole } from '../testing/test-console.ts';
import { checkHealth } from './health.ts';

let console: TestConsole;

beforeAll(async () => {
  const stack = await sharedStack(['postgres', 'redis']);
  console = await startTestConsole({ ...stack, name: uniqueName('health') });
});
afterAll(async () => {
  await console.close();
});

describe('health', () => {
  it("is not ok before the environment's administrator and token are in place", async () => {
    expect(await checkHealth(console.services)).toMatchObject({
      status: 'failed',
      checks: { migrations: { status: 'failed', detail: 'the first access is being set up' } },
    });
    await startConsole(console.services);
    expect(await checkHealth(console.services)).toMatchObject({
      status: 'ok',
      checks: { migrations: { status: 'ok' } },
    });
  });
});
