import type { TableSchema } from '@sealane/binlog/table/table-schema';
import { describe, expect, it } from 'vitest';
import { compileMessageKeys } from './message-key.ts';

function table(name: string, primaryKey: readonly string[] = ['id']): TableSchema {
  const [database = '', tableName = ''] = name.split('.');
  const columns = ['id', 'region', 'customer', 'note'].map((column, ordinal) => ({
    name: column,
    ordinal,
    type: { family: 'year' } as const,
    nullable: false,
    primaryKeyPosition: primaryKey.includes(column) ? primaryKey.indexOf(column) : null,
    visible: true,
  }));
  return { database, table: tableName, columns, primaryKey };
}

describe('message.key.columns', () => {
  it('leaves the primary key where no entry matches', () => {
    const key = compileMessageKeys(['shop\\.orders:region']);
    expect(key(table('shop.stock'))).toEqual(['id']);
    expect(key(table('shop.orders_old'))).toEqual(['id']);
    expect(key(table('shop.stock', []))).toEqual([]);
  });

  it('takes the columns in the order of the entry, not of the table', () => {
    const key = compileMessageKeys(['shop.orders:customer, region']);
    expect(key(table('shop.orders'))).toEqual(['customer', 'region']);
  });

  it('adds up the entries that match a table, and names no column twice', () => {
    const key = compileMessageKeys(['.*\\.orders:region', 'shop\\..*:id,region']);
    expect(key(table('shop.orders'))).toEqual(['region', 'id']);
    expect(key(table('crm.orders'))).toEqual(['region']);
  });

  it('takes columns as expressions, too, letter case aside', () => {
    const key = compileMessageKeys(['SHOP.ORDERS:(region|note)']);
    expect(key(table('shop.orders', []))).toEqual(['region', 'note']);
  });
});
