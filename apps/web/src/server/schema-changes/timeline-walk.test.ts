import { type HistoryRecordJson, historyRecordSchema } from '@sealane/contracts/schema-history';
import { describe, expect, it } from 'vitest';
import { tableEffect } from './table-diff.ts';
import { TimelineWalk } from './timeline-walk.ts';

interface Told {
  ddl: string;
  changes?: { type: 'CREATE' | 'ALTER' | 'DROP'; table: string; from?: string; columns?: string[] }[];
  snapshot?: boolean;
}

function record({ ddl, changes = [], snapshot = false }: Told): HistoryRecordJson {
  return historyRecordSchema.parse({
    source: { server: 'p' },
    position: { file: 'b.1', pos: 4, ...(snapshot ? { snapshot: 'INITIAL' } : {}) },
    databaseName: 'shop',
    ddl,
    tableChanges: changes.map(({ type, table, from, columns }) => ({
      type,
      id: `"shop"."${table}"`,
      ...(from === undefined ? {} : { previousId: `"shop"."${from}"` }),
      ...(columns === undefined
        ? {}
        : {
            table: {
              primaryKeyColumnNames: [],
              columns: columns.map((name) => ({ name, typeName: 'INT', optional: true })),
            },
          }),
    })),
  });
}

/** Walks a history given in the order in which it was written. */
function walk(history: Told[], options: Partial<{ limit: number; table: string; whole: boolean }> = {}) {
  const { limit = 50, table = '', whole = true } = options;
  const walk = new TimelineWalk({ limit, table, origin: 'all', captures: () => true });
  for (const [offset, told] of [...history.entries()].reverse()) {
    if (walk.isSettled) break;
    walk.take(record(told), BigInt(offset));
  }
  if (whole) walk.end();
  return walk;
}

/** One line per change: what it is compared with, and how many columns came, went and changed. */
function effects(walk: TimelineWalk): string[] {
  return walk.items.flatMap(({ offset, changes }) =>
    changes.map((change) => {
      const { table, comparedWith, added, removed, changed } = tableEffect(change);
      return `${offset} ${table} ${comparedWith} +${added} −${removed} ~${changed}`;
    }),
  );
}

const snapshot: Told[] = [
  { ddl: 'SET character_set_server=utf8mb4', snapshot: true },
  { ddl: 'DROP TABLE IF EXISTS `shop`.`t`', changes: [{ type: 'DROP', table: 't' }], snapshot: true },
  { ddl: 'USE `shop`', snapshot: true },
  { ddl: 'CREATE TABLE t', changes: [{ type: 'CREATE', table: 't', columns: ['id'] }], snapshot: true },
];
const alter: Told = {
  ddl: 'ALTER TABLE t ADD v INT',
  changes: [{ type: 'ALTER', table: 't', columns: ['id', 'v'] }],
};

describe('a walk through a schema history', () => {
  it('compares each version with the one before it, newest first', () => {
    expect(effects(walk([...snapshot, alter]))).toEqual(['4 t previous +1 −0 ~0', '3 t nothing +1 −0 ~0']);
  });

  it('takes a second snapshot for what it found, not for a table dropped and made', () => {
    expect(effects(walk([...snapshot, alter, ...snapshot]))[0]).toBe('8 t previous +0 −1 ~0');
  });

  it('follows a rename, and knows that the old name is free after it', () => {
    const rename: Told = {
      ddl: 'RENAME TABLE t TO u',
      changes: [{ type: 'ALTER', table: 'u', from: 't', columns: ['id'] }],
    };
    const again: Told = {
      ddl: 'CREATE OR REPLACE TABLE t',
      changes: [{ type: 'CREATE', table: 't', columns: ['id', 'x'] }],
    };
    expect(effects(walk([...snapshot, rename, again]))).toEqual([
      '5 t nothing +2 −0 ~0',
      '4 u previous +0 −0 ~0',
      '3 t nothing +1 −0 ~0',
    ]);
  });

  it('looks no further than a drop of the table or its database', () => {
    const drop: Told = { ddl: 'DROP TABLE `t`', changes: [{ type: 'DROP', table: 't' }] };
    const replace: Told = {
      ddl: 'CREATE OR REPLACE TABLE t',
      changes: [{ type: 'CREATE', table: 't', columns: ['id', 'x'] }],
    };
    expect(effects(walk([...snapshot, drop, replace])).slice(0, 2)).toEqual([
      '5 t nothing +2 −0 ~0',
      '4 t previous +0 −1 ~0',
    ]);
    expect(effects(walk([...snapshot, { ddl: 'DROP DATABASE shop' }, replace]))[0]).toBe(
      '5 t nothing +2 −0 ~0',
    );
  });

  it('reads on behind a full page until every version is found, and says that there is more', () => {
    const found = walk([...snapshot, { ddl: 'CREATE DATABASE other' }, alter], { limit: 1, whole: false });
    expect(effects(found)).toEqual(['5 t previous +1 −0 ~0']);
    expect(found.hasMore).toBe(true);
  });

  it('does not guess a version that it did not meet', () => {
    expect(effects(walk([alter], { whole: false }))).toEqual(['0 t unknown +0 −0 ~0']);
  });

  it('keeps the records of the tables that are asked for, by their old name too', () => {
    const rename: Told = {
      ddl: 'RENAME TABLE t TO u',
      changes: [{ type: 'ALTER', table: 'u', from: 't', columns: ['id'] }],
    };
    const other: Told = { ddl: 'CREATE TABLE o', changes: [{ type: 'CREATE', table: 'o', columns: ['id'] }] };
    expect(effects(walk([...snapshot, rename, other], { table: 'SHOP.T' }))).toEqual([
      '4 u previous +0 −0 ~0',
      '3 t nothing +1 −0 ~0',
    ]);
  });
});
