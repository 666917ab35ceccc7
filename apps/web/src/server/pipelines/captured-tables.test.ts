import { pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import { describe, expect, it } from 'vitest';
import { assertTablesKnown, capturedTables, idlePatterns } from './captured-tables.ts';

const table = (name: string) => {
  const [database = '', tableName = ''] = name.split('.');
  return {
    database,
    table: tableName,
    rowsEstimated: null,
    bytes: null,
    columns: 1,
    primaryKey: [],
    recordKey: [],
    engine: null,
  };
};
const tables = ['shop.orders', 'shop.customers', 'crm.orders'].map(table);
const config = (lists: object) => pipelineConfigSchema.parse({ topicPrefix: 'p', ...lists });
const names = (lists: object) =>
  capturedTables(config(lists), tables).map((entry) => `${entry.database}.${entry.table}`);

describe('captured tables', () => {
  it('are all of them without lists', () => {
    expect(names({})).toEqual(['shop.orders', 'shop.customers', 'crm.orders']);
  });

  it('are those whose whole name a pattern matches, letter case aside', () => {
    expect(names({ tableIncludeList: ['SHOP\\.orders'] })).toEqual(['shop.orders']);
    expect(names({ tableIncludeList: ['orders'] })).toEqual([]);
    expect(names({ databaseIncludeList: ['shop'], tableExcludeList: ['shop\\.cust.*'] })).toEqual([
      'shop.orders',
    ]);
  });
});

describe('a configuration that names what is not there', () => {
  const problem = (lists: object) => () => assertTablesKnown(config(lists), tables);

  it('is refused at the entry that names it', () => {
    expect(problem({ tableIncludeList: ['shop\\.orders', 'shop\\.nope'] })).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_TABLE',
        fields: [{ path: 'config.tableIncludeList.1', message: 'shop.nope is not at the source' }],
      }),
    );
    expect(problem({ databaseIncludeList: ['nope'] })).toThrow(
      expect.objectContaining({
        fields: [expect.objectContaining({ path: 'config.databaseIncludeList.0' })],
      }),
    );
  });

  it('is refused when nothing at all matches', () => {
    expect(problem({ tableIncludeList: ['x.*'] })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_TABLE' }),
    );
  });

  it('is let through when a pattern may be meant for tables to come, which is worth a warning', () => {
    const lists = { tableIncludeList: ['shop\\.orders', 'archive_\\d+\\..*'] };
    expect(problem(lists)).not.toThrow();
    expect(idlePatterns(config(lists), tables)).toEqual(['archive_\\d+\\..*']);
  });
});
