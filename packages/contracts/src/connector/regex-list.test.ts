import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinRegexList, splitRegexList } from './regex-list.ts';

describe('splitRegexList', () => {
  /** Each outcome is what Debezium 3.5's `Strings.listOfRegex` makes of the text. */
  it.each([
    ['a,b', ['a', 'b']],
    [' a , b ,', ['a', 'b']],
    ['a\\,b,c', ['a,b', 'c']],
    ['a,,b', ['a', 'b']],
    ['"a,b",c', ['"a', 'b"', 'c']],
    ['a\\\\,b', ['a\\\\', 'b']],
    ['a(\\,x),y', ['a(,x)', 'y']],
    ['a\\.b\\d,c', ['a\\.b\\d', 'c']],
    ['a\\\\\\,b', ['a\\\\,b']],
    ['a{1\\,2},b', ['a{1,2}', 'b']],
    ['', []],
  ])('%s', (text, patterns) => {
    expect(splitRegexList(text)).toEqual(patterns);
  });

  it('refuses a backslash at the end', () => {
    expect(() => splitRegexList('a\\')).toThrow('Unterminated escape sequence at the end of the string');
  });

  it('splits what joinRegexList joined into the same patterns', () => {
    const pattern = fc
      .array(fc.constantFrom('a', '.*', '\\.', '\\\\', '{1,2}', '(b|c)', '[,x]', '\\d'), { minLength: 1 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(pattern), (patterns) => {
        expect(splitRegexList(joinRegexList(patterns))).toEqual(patterns);
      }),
    );
  });
});
