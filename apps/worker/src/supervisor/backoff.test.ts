import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffDelay, DEFAULT_BACKOFF } from './backoff.ts';

describe('backoffDelay', () => {
  it('doubles from a second to a minute in the middle of its spread', () => {
    const middle = [1, 2, 3, 4, 5, 6, 7, 8, 100].map((attempt) => backoffDelay(attempt, 0.5));
    expect(middle).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('never leaves its limits, whatever the attempt and the dice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.double({ min: 0, max: 0.9999, noNaN: true }),
        (attempt, random) => {
          const delay = backoffDelay(attempt, random);
          expect(delay).toBeGreaterThanOrEqual(DEFAULT_BACKOFF.firstMs);
          expect(delay).toBeLessThanOrEqual(DEFAULT_BACKOFF.maxMs);
        },
      ),
    );
  });

  it('spreads pipelines that failed together', () => {
    expect(backoffDelay(5, 0)).toBe(12_000);
    expect(backoffDelay(5, 0.999)).toBeGreaterThan(19_000);
  });
});
