import { expect, test } from 'vitest';
import { checkRequirements, type Requirement } from './requirement.ts';

const met: Requirement = { name: 'met', check: async () => null };
const missing: Requirement = {
  name: 'missing',
  check: async () => ({ why: 'Maven is not on the PATH.', remedy: 'Install it.' }),
};

test('a machine that has everything gives no error', async () => {
  expect(await checkRequirements('redis', [met])).toBeNull();
});

test('what several services miss is named once, with how to get it', async () => {
  const error = await checkRequirements('redis, kafka', [missing, met, missing]);
  expect(error).toMatchObject({
    code: 'STACK_REQUIREMENT_MISSING',
    message: 'This machine cannot start redis, kafka natively.',
    why: 'Maven is not on the PATH.',
    remedy: 'Install it.',
  });
});
