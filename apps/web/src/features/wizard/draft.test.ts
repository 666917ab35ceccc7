import type { SourceTable } from '@sealane/contracts/api/sources';
import { describe, expect, it } from 'vitest';
import {
  checkStep,
  draftInput,
  emptyDraft,
  includeLists,
  pickedTables,
  slug,
  stepOf,
  tableId,
} from './draft.ts';

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

const tables = [
  table('shop', 'orders'),
  table('shop', 'customers'),
  table('shop.eu', 'orders'),
  table('stock', 'items'),
];

/** What the engine does with include lists: both anchored, the database first. */
function captured(picks: readonly string[]): string[] {
  const { databaseIncludeList = [], tableIncludeList = [] } = includeLists(picks, tables);
  const matches = (list: readonly string[], name: string) =>
    list.length === 0 || list.some((pattern) => new RegExp(`^(?:${pattern})$`).test(name));
  return tables
    .filter(
      (entry) => matches(databaseIncludeList, entry.database) && matches(tableIncludeList, tableId(entry)),
    )
    .map(tableId);
}

describe('includeLists', () => {
  it.each([
    { picks: ['shop'] },
    { picks: ['shop.orders'] },
    { picks: ['shop', 'stock.items'] },
    { picks: ['shop.customers', 'stock.items'] },
    { picks: ['stock', 'shop.eu'] },
  ])('captures exactly the picked tables: $picks', ({ picks }) => {
    expect(captured(picks)).toEqual(pickedTables(picks, tables).map(tableId));
  });
});

describe('checkStep', () => {
  it('finds a bad topic prefix at its field', () => {
    expect(checkStep('topics', { ...emptyDraft, topicPrefix: 'a b' }, tables)).toEqual({
      'config.topicPrefix': 'Only letters, digits, dot, underscore and hyphen',
    });
  });

  it('finds a partition count that is no number', () => {
    const errors = checkStep('topics', { ...emptyDraft, topicPrefix: 'shop', partitions: 'x' }, tables);
    expect(Object.keys(errors)).toEqual(['config.topicCreationPartitions']);
  });

  it('lets a complete step pass', () => {
    expect(checkStep('topics', { ...emptyDraft, topicPrefix: 'shop' }, tables)).toEqual({});
  });
});

describe('draftInput', () => {
  it('leaves defaults out of the definition', () => {
    const draft = {
      ...emptyDraft,
      name: ' Shop ',
      sourceId: 's',
      clusterId: 'c',
      picks: ['shop'],
      topicPrefix: 'shop',
    };
    expect(draftInput(draft, tables)).toEqual({
      name: 'Shop',
      sourceId: 's',
      clusterId: 'c',
      start: true,
      config: { topicPrefix: 'shop', databaseIncludeList: ['shop'] },
    });
  });
});

it('sends each field error to the step that can mend it', () => {
  expect(
    ['name', 'sourceId', 'clusterId', 'config.tableIncludeList.0', 'config.topicPrefix'].map(stepOf),
  ).toEqual(['review', 'source', 'cluster', 'tables', 'topics']);
});

it('makes a topic prefix of a name', () => {
  expect(slug('Shop Database (EU)')).toBe('shop-database-eu');
});
