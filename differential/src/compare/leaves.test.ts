import { describe, expect, it } from 'vitest';
import { leavesOf, sameJsonText, sameLeaf } from './leaves.ts';

describe('leavesOf', () => {
  it('keeps digits and the order of members', () => {
    const leaves = leavesOf('value', Buffer.from('{"b":18446744073709551615,"a":[null,"x"]}'));
    expect([...leaves]).toEqual([
      ['value{}', 'b,a'],
      ['value.b', '18446744073709551615'],
      ['value.a.0', 'null'],
      ['value.a.1', '"x"'],
    ]);
  });

  it('tells a missing body from one that is null', () => {
    expect(leavesOf('value', null)).not.toEqual(leavesOf('value', Buffer.from('null')));
  });
});

describe('sameLeaf', () => {
  it.each([
    ['1.0', '1', true],
    ['1.0E10', '10000000000', true],
    ['9007199254740993', '9007199254740992', false],
    ['"1.0"', '"1"', false],
    ['-0.0', '0', false],
  ])('%s and %s: %s', (left, right, same) => {
    expect(sameLeaf(left, right)).toBe(same);
  });
});

describe('sameJsonText', () => {
  it('ignores blanks and the order of members, not values', () => {
    expect(sameJsonText('"{\\"a\\": 1, \\"b\\": 2}"', '"{\\"b\\":2,\\"a\\":1}"')).toBe(true);
    expect(sameJsonText('"{\\"a\\": 1}"', '"{\\"a\\":2}"')).toBe(false);
    expect(sameJsonText('"{\\"a\\": 1}"', 'null')).toBe(false);
  });
});
