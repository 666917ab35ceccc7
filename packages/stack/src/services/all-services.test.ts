import { expect, test } from 'vitest';
import { inStartOrder } from './all-services.ts';

test('a service comes after those it needs, which come along unasked', () => {
  expect(inStartOrder(['connect', 'redis'])).toEqual(['kafka', 'connect', 'redis']);
});

test('naming a needed service too starts it once', () => {
  expect(inStartOrder(['connect', 'kafka'])).toEqual(['kafka', 'connect']);
});
