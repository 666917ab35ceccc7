import { TextGtid } from '@sealane/binlog/gtid/gtid';
import { describe, expect, it } from 'vitest';
import { compileGtidSources, gtidSource } from './gtid-sources.ts';

const uuid = '3e11fa47-71ca-11e1-9e33-c80aa9429562';

describe('GTID sources', () => {
  it('are all that match an included pattern as a whole, or none of the excluded ones', () => {
    const included = compileGtidSources({ gtidSourceIncludes: ['0-1', '7-.*'], gtidSourceExcludes: [] });
    expect(['0-1', '0-11', '7-5'].map((source) => included?.(source))).toEqual([true, false, true]);
    const excluded = compileGtidSources({ gtidSourceIncludes: [], gtidSourceExcludes: [uuid.toUpperCase()] });
    expect([uuid, '0-1'].map((source) => excluded?.(source))).toEqual([false, true]);
    expect(compileGtidSources({ gtidSourceIncludes: [], gtidSourceExcludes: [] })).toBeNull();
  });

  it.each([
    [`${uuid}:5`, uuid],
    [`${uuid}:blue:5`, uuid],
    ['0-1-100', '0-1'],
  ])('of %s is %s', (gtid, source) => {
    expect(gtidSource(new TextGtid(gtid))).toBe(source);
  });
});
