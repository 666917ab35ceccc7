import { describe, expect, it } from 'vitest';
import { decimalText } from './verify.ts';

describe('decimalText', () => {
  it.each([
    ['AA==', 2, '0.00'],
    ['AQ==', 2, '0.01'],
    ['MDk=', 2, '123.45'],
    ['z8c=', 2, '-123.45'],
    ['/w==', 0, '-1'],
    ['AP8=', 1, '25.5'],
  ])('%s with scale %i is %s', (base64, scale, text) => {
    expect(decimalText(base64, scale)).toBe(text);
  });
});
