import type { TableColumn } from '@sealane/binlog/table/table-schema';
import { expect, it } from 'vitest';
import { compileSourceTypes } from './source-types.ts';

const column = (name: string, ordinal: number, typeName: string | null): TableColumn => ({
  name,
  ordinal,
  type: { family: 'integer', bytes: 4, unsigned: false },
  nullable: true,
  primaryKeyPosition: null,
  visible: true,
  ...(typeName === null
    ? {}
    : { declared: { typeName, length: null, scale: null, comment: null, defaultText: null } }),
});
const schema = {
  database: 'shop',
  table: 'orders',
  columns: [column('id', 0, 'INT UNSIGNED'), column('amount', 1, 'DECIMAL'), column('lost', 2, null)],
  primaryKey: [],
};
const shown = (columns: string[], types: string[]): boolean[] => {
  const shows = compileSourceTypes({
    columnPropagateSourceType: columns,
    datatypePropagateSourceType: types,
  });
  return schema.columns.map(({ ordinal }) => shows(schema)(ordinal));
};

it('matches whole names of columns and types, and only columns whose DDL is known', () => {
  expect(shown([], [])).toEqual([false, false, false]);
  expect(shown(['shop\\.orders\\..*'], [])).toEqual([true, true, false]);
  expect(shown(['orders\\.id'], ['SHOP\\.orders\\.decimal'])).toEqual([false, true, false]);
  expect(shown([], ['.*\\.INT'])).toEqual([false, false, false]);
});
