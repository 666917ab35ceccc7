import { describe, expect, it } from 'vitest';
import { doubleText, floatText } from './java-floats.ts';

describe('numbers as Java spells them', () => {
  it.each([
    [1_048_607.25, '1048607.2'],
    [1_048_607.75, '1048607.8'],
    [-2_097_152.5, '-2097152.5'],
    [Math.fround(0.1), '0.1'],
    [2 ** -10, '9.765625E-4'],
    [Math.fround(1e7), '1.0E7'],
  ])('takes the even digit where two floats’ texts are as near, and the fewest digits: %s', (value, text) => {
    expect(floatText(value)).toBe(text);
  });

  it.each([
    [0.1, '0.1'],
    [-0, '-0.0'],
    [1e21, '1.0E21'],
    [123456.5, '123456.5'],
    [Number.NaN, '"NaN"'],
  ])('doubles: %s', (value, text) => {
    expect(doubleText(value)).toBe(text);
  });
});
