import { describe, expect, it } from 'vitest';
import { addTallies, closingLine, emptyTally, oneLine, tallyPlaywright } from './tally.ts';

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

describe('the reason of a failure', () => {
  it('is one line without colours', () => {
    expect(oneLine('\u001b[31mexpected 1\u001b[39m\n\n  to be 2')).toBe('expected 1 to be 2');
  });

  it('is cut when long', () => {
    expect(oneLine('x'.repeat(5_000))).toBe(`${'x'.repeat(600)}…`);
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
                {
                  title: 'streams',
                  tests: [
                    { status: 'unexpected', annotations: [], results: [{ error: { message: 'not\nseen' } }] },
                  ],
                },
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
    expect(tally.failures).toEqual([
      'journey.spec.ts > journey: streams: not seen',
      'browser: global setup failed …',
    ]);
    expect(tally.skips).toEqual(['journey.spec.ts > journey: mysql (no MySQL here)']);
  });
});
