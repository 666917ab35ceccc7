import type { TimelineColumn } from '@sealane/contracts/api/schema-changes';
import { describe, expect, it } from 'vitest';
import { diffColumns } from './diff-columns.ts';
import { timelineColumn } from './timeline-column.ts';

/** Columns of these names and types, e.g. `id INT`. */
function columns(...declared: string[]): TimelineColumn[] {
  return declared.map((text, index) => {
    const [name = '', typeName = ''] = text.split(' ');
    return timelineColumn(
      {
        name,
        typeName,
        optional: true,
        autoIncremented: false,
        hasDefaultValue: false,
        visible: true,
        computed: false,
      },
      index + 1,
    );
  });
}

/** `+` added, `−` removed, `~` changed with what differs, a bare name for what stayed. */
function told(before: TimelineColumn[], after: TimelineColumn[], ddl = ''): string[] {
  return diffColumns(before, after, ddl).map((diff) => {
    const name = (diff.after ?? diff.before)?.name ?? '';
    if (diff.change === 'added') return `+${name}`;
    if (diff.change === 'removed') return `−${name}`;
    return diff.change === 'changed' ? `~${name} ${diff.aspects.join()}` : name;
  });
}

describe('the diff of two versions of a table', () => {
  it('names what came, went and changed, each where it stands', () => {
    const before = columns('id INT', 'old TEXT', 'note TEXT', 'last INT');
    const after = columns('id BIGINT', 'note TEXT', 'extra INT', 'last INT');
    expect(told(before, after)).toEqual(['~id type', '−old', 'note', '+extra', 'last']);
  });

  it('says of as few columns as possible that they moved', () => {
    const before = columns('a INT', 'b INT', 'c INT', 'd INT');
    expect(told(before, columns('d INT', 'a INT', 'b INT', 'c INT'))).toEqual(['~d position', 'a', 'b', 'c']);
    expect(told(before, columns('new INT', 'a INT', 'b INT', 'c INT', 'd INT'))).toEqual([
      '+new',
      'a',
      'b',
      'c',
      'd',
    ]);
    expect(told(before, columns('b INT', 'c INT', 'd INT'))).toEqual(['−a', 'b', 'c', 'd']);
  });

  it('takes a column for renamed only where the statement says so', () => {
    const before = columns('id INT', 'v TEXT');
    const after = columns('id INT', 'w TEXT');
    expect(told(before, after, 'ALTER TABLE t RENAME COLUMN v TO w')).toEqual(['id', '~w name']);
    expect(told(before, after, 'ALTER TABLE t CHANGE COLUMN `V` `w` TEXT')).toEqual(['id', '~w name']);
    expect(told(before, after, 'ALTER TABLE t DROP COLUMN v, ADD COLUMN w TEXT')).toEqual(['id', '−v', '+w']);
    expect(told(before, before, "ALTER TABLE t COMMENT 'change v w'")).toEqual(['id', 'v']);
  });
});

describe('a type', () => {
  const typeOf = (json: { typeName: string; length?: number; scale?: number; enumValues?: string[] }) =>
    timelineColumn(
      {
        name: 'c',
        optional: true,
        autoIncremented: false,
        hasDefaultValue: false,
        visible: true,
        computed: false,
        ...json,
      },
      1,
    ).type;

  it('reads as its DDL does', () => {
    expect(typeOf({ typeName: 'DECIMAL', length: 20, scale: 2 })).toBe('DECIMAL(20,2)');
    expect(typeOf({ typeName: 'INT UNSIGNED ZEROFILL', length: 10 })).toBe('INT(10) UNSIGNED ZEROFILL');
    expect(typeOf({ typeName: 'ENUM', length: 1, enumValues: ["'a'", "'it''s'"] })).toBe("ENUM('a','it''s')");
    expect(typeOf({ typeName: 'BIGINT' })).toBe('BIGINT');
  });
});
