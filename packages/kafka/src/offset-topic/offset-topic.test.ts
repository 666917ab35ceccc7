import { describe, expect, it } from 'vitest';
import { offsetKey } from './offset-topic.ts';

describe('offsetKey', () => {
  it('is the key under which Connect stores the offset of a connector', () => {
    expect(offsetKey('orders', 'shop').toString()).toBe('["orders",{"server":"shop"}]');
  });
});
