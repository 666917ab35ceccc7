import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatLag, formatRate, UNKNOWN } from './numbers.ts';

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.01, '<0.1 ms'],
    [0.44, '0.4 ms'],
    [12.3, '12 ms'],
    [1240, '1.24 s'],
    [134_000, '2 m 14 s'],
    [18_600_000, '5 h 10 m'],
    [273_600_000, '3 d 4 h'],
  ])('%d ms reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('tells unknown from zero', () => {
    expect(formatDuration(null)).toBe(UNKNOWN);
  });
});

it('says no more of a lag than the source lets it know', () => {
  expect(formatLag(1.3, 1)).toBe('1.3 ms');
  expect(formatLag(1.3, 1000)).toBe('<1 s');
  expect(formatLag(2300, 1000)).toBe('≥2.30 s');
  expect(formatLag(0, 1)).toBe('0 ms');
  expect(formatLag(null, 1000)).toBe(UNKNOWN);
});

it('groups 64-bit counts without losing a digit', () => {
  expect(formatCount('18446744073709551615')).toBe('18,446,744,073,709,551,615');
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [14_200_000, '14.2 MB'],
  ['104000000000', '104 GB'],
])('%s bytes read %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it('shows slow rates with a digit and fast ones whole', () => {
  expect([formatRate(0), formatRate(0.4), formatRate(83_120)]).toEqual([
    '0 rows/s',
    '0.4 rows/s',
    '83,120 rows/s',
  ]);
});
