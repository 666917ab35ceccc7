import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, percentile, summarizeLatencies } from './percentile.ts';

describe('percentile', () => {
  it('interpolates between the two values around the rank', () => {
    expect(percentile([10, 20, 30, 40], 0.5)).toBe(25);
    expect(percentile([10, 20, 30, 40], 0.25)).toBe(17.5);
  });

  it('gives the ends at 0 and 1 and the only value everywhere', () => {
    expect(percentile([1, 2, 9], 0)).toBe(1);
    expect(percentile([1, 2, 9], 1)).toBe(9);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('is NaN, not zero, without values', () => {
    expect(percentile([], 0.5)).toBeNaN();
    expect(median([])).toBeNaN();
  });
});

describe('median', () => {
  it('does not depend on the order of its values', () => {
    const numbers = fc.array(fc.integer(), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (values) => {
        expect(median([...values].reverse())).toBe(median(values));
      }),
    );
  });

  it('sorts by value, not by text', () => {
    expect(median([100, 9, 20])).toBe(20);
  });
});

describe('summarizeLatencies', () => {
  it('orders its percentiles', () => {
    const summary = summarizeLatencies(Array.from({ length: 1001 }, (_, index) => 1000 - index));
    expect(summary).toEqual({ count: 1001, p50: 500, p95: 950, p99: 990, max: 1000 });
  });
});
