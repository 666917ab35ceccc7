import { describe, expect, it } from 'vitest';
import { type Bar, describeBar, isMet, round } from './bars.ts';

const ratio: Bar = { title: 'rows/s ratio', value: 4, limit: 4, bound: 'least', unit: '×' };

describe('isMet', () => {
  it('counts the limit itself as met, on both sides', () => {
    expect(isMet(ratio)).toBe(true);
    expect(isMet({ ...ratio, bound: 'most' })).toBe(true);
  });

  it('fails below a least and above a most', () => {
    expect(isMet({ ...ratio, value: 3.99 })).toBe(false);
    expect(isMet({ ...ratio, value: 4.01, bound: 'most' })).toBe(false);
  });

  it('never takes an unknown figure for a pass', () => {
    expect(isMet({ ...ratio, value: Number.NaN })).toBe(false);
    expect(isMet({ ...ratio, value: Number.NaN, bound: 'most' })).toBe(false);
  });
});

describe('describeBar', () => {
  it('says verdict, figure and limit', () => {
    expect(describeBar({ ...ratio, value: 3.5 })).toBe('FAIL  rows/s ratio: 3.5 × (at least 4 ×)');
  });
});

describe('round', () => {
  it.each([
    [417_234.4, '417,234'],
    [1.3141, '1.31'],
    [0.01234, '0.0123'],
    [99.96, '100'],
    [Number.NaN, 'unknown'],
  ])('%d reads %s', (value, text) => {
    expect(round(value)).toBe(text);
  });
});
