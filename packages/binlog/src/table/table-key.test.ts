import { describe, expect, it } from 'vitest';
import { type IndexRow, keyOfIndexes } from './table-key.ts';

function part(key: string, column: string | null, extra: Partial<IndexRow> = {}): IndexRow {
  return { Key_name: key, Non_unique: 0, Column_name: column, Sub_part: null, Null: '', ...extra };
}

describe('the key of a table', () => {
  it('is the primary key, in its own order', () => {
    expect(keyOfIndexes([part('PRIMARY', 'b'), part('PRIMARY', 'a'), part('u', 'c')])).toEqual(['b', 'a']);
  });

  it('is the first unique key without nullable columns where there is no primary key', () => {
    const nullable = [part('u1', 'a'), part('u1', 'b', { Null: 'YES' })];
    expect(keyOfIndexes([...nullable, part('u2', 'c'), part('u2', 'd'), part('u3', 'e')])).toEqual([
      'c',
      'd',
    ]);
  });

  it('is no index over a part of a column, over an expression, or that is not unique', () => {
    const rows = [part('p', 'a', { Sub_part: 10 }), part('f', null), part('i', 'b', { Non_unique: 1 })];
    expect(keyOfIndexes(rows)).toEqual([]);
  });
});
