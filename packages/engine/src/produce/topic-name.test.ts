import { expect, it } from 'vitest';
import { tableTopic } from './topic-name.ts';

it('names a topic as Debezium does', () => {
  expect(tableTopic('shop', 'db', 'orders')).toBe('shop.db.orders');
  expect(tableTopic('shop', 'db', 'größe $1')).toBe('shop.db.gr__e__1');
  expect(tableTopic('p', 'd', 'x'.repeat(300))).toHaveLength(249);
});
