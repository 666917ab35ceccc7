import { describe, expect, it } from 'vitest';
import { StartSteps } from './start-steps.ts';

describe('the steps of a start', () => {
  it('tell of one that takes long, and since when', async () => {
    let now = 1_000;
    const steps = new StartSteps(() => now);
    let answer: (offset: string) => void = () => undefined;
    const answered = new Promise<string>((resolve) => {
      answer = resolve;
    });
    const step = steps.during('kafka', 'The stored offset is being read.', answered);
    now += 4_999;
    expect(steps.waiting).toBeNull();
    now += 1;
    expect(steps.waiting).toEqual({
      stage: 'kafka',
      message: 'The stored offset is being read.',
      sinceMs: 1_000,
    });
    answer('offset');
    expect(await step).toBe('offset');
    expect(steps.waiting).toBeNull();
  });

  it('are over when one fails', async () => {
    let now = 0;
    const steps = new StartSteps(() => now);
    await expect(
      steps.during('source', 'The server is being looked over.', Promise.reject(new Error('gone'))),
    ).rejects.toThrow('gone');
    now += 60_000;
    expect(steps.waiting).toBeNull();
  });
});
