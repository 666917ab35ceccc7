import type { SourceTable } from '@sealane/contracts/api/sources';
import { describe, expect, it } from 'vitest';
import { pickerRows, toggleDatabase, toggleTable } from './picker-rows.ts';

function table(database: string, name: string): SourceTable {
  return {
    database,
    table: name,
    rowsEstimated: 1,
    bytes: 1,
    columns: 1,
    primaryKey: ['id'],
    recordKey: ['id'],
    engine: 'InnoDB',
  };
}

const orders = table('shop', 'orders');
const customers = table('shop', 'customers');
const shop = [orders, customers];

describe('toggleDatabase', () => {
  it('takes single picks into the whole and drops them all again', () => {
    const whole = toggleDatabase(['shop.orders', 'stock.items'], 'shop', shop);
    expect(whole).toEqual(['stock.items', 'shop']);
    expect(toggleDatabase(whole, 'shop', shop)).toEqual(['stock.items']);
  });
});

describe('toggleTable', () => {
  it('leaves the siblings picked when one table is taken out of a whole database', () => {
    expect(toggleTable(['shop'], orders, shop)).toEqual(['shop.customers']);
  });

  it('picks and drops a single table', () => {
    const picked = toggleTable([], orders, shop);
    expect(picked).toEqual(['shop.orders']);
    expect(toggleTable(picked, orders, shop)).toEqual([]);
  });
});

describe('pickerRows', () => {
  it('folds databases, but a search shows what it found', () => {
    const closed = new Set(['shop']);
    expect(pickerRows({ tables: shop, picks: [], filter: '', closed })).toHaveLength(1);
    const found = pickerRows({ tables: shop, picks: ['shop.orders'], filter: 'ORD', closed });
    expect(found.map((row) => row.kind)).toEqual(['database', 'table']);
    expect(found[0]).toMatchObject({ state: 'some' });
  });
});
