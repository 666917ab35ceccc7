import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';

const enough = {
  DATABASE_URL: 'postgresql://u:p@h:5432/d',
  REDIS_URL: 'redis://h:6379',
  SEALANE_ENCRYPTION_KEY: 'ab'.repeat(32),
};

describe('the environment', () => {
  it('needs a database, Redis and a key; the rest has defaults', () => {
    expect(readEnv(enough)).toMatchObject({ PORT: 3000, LOG_LEVEL: 'info' });
  });

  it('takes an empty variable for an absent one', () => {
    expect(readEnv({ ...enough, PORT: '', SEALANE_API_TOKEN: '' })).toMatchObject({ PORT: 3000 });
  });

  it('names every variable that is wrong, and never its value', () => {
    const wrong = () => readEnv({ ...enough, DATABASE_URL: 'mysql://hunter2', SEALANE_API_TOKEN: 'hunter2' });
    expect(wrong).toThrow(
      expect.objectContaining({
        code: 'ENVIRONMENT_INVALID',
        why: expect.stringMatching(/DATABASE_URL: .*SEALANE_API_TOKEN: /),
      }),
    );
    expect(wrong).not.toThrow(/hunter2/);
  });
});
