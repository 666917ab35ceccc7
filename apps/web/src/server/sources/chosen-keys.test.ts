import { describe, expect, it } from 'vitest';
import { withChosenKeys } from './chosen-keys.ts';

const sizes = { rowsEstimated: null, bytes: null, engine: null };
const orders = {
  ...sizes,
  database: 'shop',
  table: 'orders',
  columns: 3,
  primaryKey: ['id'],
  recordKey: ['id'],
};
const audit = { ...sizes, database: 'shop', table: 'audit', columns: 2, primaryKey: [], recordKey: [] };
const named = [
  { database: 'shop', table: 'orders', columns: ['id', 'customer_id', 'Region'] },
  { database: 'shop', table: 'audit', columns: ['who', 'at'] },
];

describe('the key that a preview shows', () => {
  it('is what the key columns of the configuration make it', () => {
    const entries = ['shop\\.orders:region,customer_id', '(.*).audit:who'];
    const keys = withChosenKeys([orders, audit], { entries, named }).map(({ recordKey }) => recordKey);
    expect(keys).toEqual([['Region', 'customer_id'], ['who']]);
  });

  it('is the table’s own where no entry has a column of it', () => {
    const tables = withChosenKeys([orders, audit], { entries: ['shop.orders:gone', 'x.audit:who'], named });
    expect(tables).toEqual([orders, audit]);
  });
});
