import { describe, expect, it } from 'vitest';
import { addTallies, closingLine, emptyTally, tallyPlaywright, tallyVitest } from './tally.ts';

describe('the closing line', () => {
  it('names skipped tests only when there are any', () => {
    expect(closingLine({ ...emptyTally(), passed: 3 })).toBe('3 passed, 0 failed');
    expect(closingLine({ ...emptyTally(), passed: 3, failed: 1, skipped: 2 })).toBe(
      '3 passed, 1 failed, 2 skipped',
    );
  });

  it('adds up steps and keeps every failure', () => {
    const one = { ...emptyTally(), passed: 1, failed: 1, failures: ['a'] };
    const two = { ...emptyTally(), failed: 1, failures: ['b'] };
    expect(addTallies(one, two)).toEqual({
      passed: 1,
      failed: 2,
      skipped: 0,
      failures: ['a', 'b'],
      skips: [],
    });
  });
});

describe('a Vitest report', () => {
  it('counts tests by status', () => {
    const tally = tallyVitest({
      testResults: [
        {
          name: 'x.test.ts',
          status: 'failed',
          message: '',
          assertionResults: [
            { fullName: 'works', status: 'passed' },
            { fullName: 'breaks', status: 'failed' },
            { fullName: 'waits', status: 'skipped' },
          ],
        },
      ],
    });
    expect(tally).toMatchObject({ passed: 1, failed: 1, skipped: 1, failures: ['x.test.ts: breaks'] });
  });

  it('takes a file that did not load for a failure', () => {
    const tally = tallyVitest({
      testResults: [
        { name: 'y.test.ts', status: 'failed', message: 'Cannot find module\n at …', assertionResults: [] },
      ],
    });
    expect(tally.failures).toEqual(['y.test.ts: Cannot find module']);
  });
});

describe('a Playwright report', () => {
  it('counts nested suites and shows the reason of a skip', () => {
    const tally = tallyPlaywright({
      suites: [
        {
          title: 'journey.spec.ts',
          suites: [
            {
              title: 'journey',
              specs: [
                { title: 'signs in', tests: [{ status: 'expected', annotations: [] }] },
                { title: 'streams', tests: [{ status: 'unexpected', annotations: [] }] },
                {
                  title: 'mysql',
                  tests: [
                    { status: 'skipped', annotations: [{ type: 'skip', description: 'no MySQL here' }] },
                  ],
                },
              ],
            },
          ],
        },
      ],
      errors: [{ message: 'global setup failed\n…' }],
    });
    expect(tally).toMatchObject({ passed: 1, failed: 2, skipped: 1 });
    expect(tally.skips).toEqual(['journey.spec.ts > journey: mysql (no MySQL here)']);
  });
});
