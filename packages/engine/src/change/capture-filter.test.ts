import { describe, expect, it } from 'vitest';
import { type CaptureLists, compileCaptureFilter } from './capture-filter.ts';

const nothing: CaptureLists = {
  databaseIncludeList: [],
  databaseExcludeList: [],
  tableIncludeList: [],
  tableExcludeList: [],
  columnIncludeList: [],
  columnExcludeList: [],
  tableIgnoreBuiltin: true,
  messageKeyColumns: [],
};

describe('capture filter', () => {
  it('captures every table but those of the system databases when no list is given', () => {
    const filter = compileCaptureFilter(nothing);
    expect(filter.table('shop', 'orders')).toBe(true);
    expect(filter.table('mysql', 'user')).toBe(false);
    expect(filter.table('SYS', 'version')).toBe(false);
  });

  it('captures system databases, too, when it is told not to ignore them', () => {
    const filter = compileCaptureFilter({ ...nothing, tableIgnoreBuiltin: false });
    expect(filter.table('mysql', 'user')).toBe(true);
  });

  it('anchors each pattern to the whole name', () => {
    const filter = compileCaptureFilter({ ...nothing, tableIncludeList: ['shop\\.orders'] });
    expect(filter.table('shop', 'orders')).toBe(true);
    expect(filter.table('shop', 'orders_archive')).toBe(false);
    expect(filter.table('myshop', 'orders')).toBe(false);
  });

  it('anchors an alternation as a whole, too', () => {
    const filter = compileCaptureFilter({ ...nothing, databaseIncludeList: ['a|b'] });
    expect(filter.database('a')).toBe(true);
    expect(filter.database('ab')).toBe(false);
  });

  it('leaves out what an exclude list names', () => {
    const filter = compileCaptureFilter({ ...nothing, tableExcludeList: ['shop\\.tmp_.*'] });
    expect(filter.table('shop', 'tmp_1')).toBe(false);
    expect(filter.table('shop', 'orders')).toBe(true);
  });

  it('captures a table only when its database is captured, too', () => {
    const filter = compileCaptureFilter({
      ...nothing,
      databaseIncludeList: ['shop'],
      tableIncludeList: ['.*\\.orders'],
    });
    expect(filter.table('shop', 'orders')).toBe(true);
    expect(filter.table('crm', 'orders')).toBe(false);
  });

  it('trims columns by ordinal', () => {
    const filter = compileCaptureFilter({ ...nothing, columnExcludeList: ['shop\\.users\\.password'] });
    const included = filter.columns({
      database: 'shop',
      table: 'users',
      primaryKey: ['id'],
      columns: ['id', 'password', 'name'].map((name, ordinal) => ({
        name,
        ordinal,
        type: { family: 'year' },
        nullable: false,
        primaryKeyPosition: null,
        visible: true,
      })),
    });
    expect([0, 1, 2].filter(included)).toEqual([0, 2]);
  });
});
