import { describe, expect, it } from 'vitest';
import { columnRuleSchema, columnRules } from './column-rule-field.ts';
import type { ConfigFieldMeta } from './config-field.ts';
import { matchProperty, propertyOf } from './property-pattern.ts';

const { patterns = [] } = columnRules.meta() as unknown as ConfigFieldMeta;

/** The rule that a property stands for, and the property that the rule gives back. */
function throughProperty(name: string): unknown {
  for (const pattern of patterns) {
    const parameters = matchProperty(pattern, name);
    if (parameters === null) continue;
    const rule = columnRuleSchema.parse({
      ...pattern.element,
      ...parameters,
      [pattern.list]: ['db\\.t\\.c'],
    });
    return { rule, back: propertyOf(pattern, rule) };
  }
  return null;
}

describe('property patterns of column rules', () => {
  it.each([
    ['column.truncate.to.20.chars', { kind: 'truncate', length: 20 }],
    ['column.mask.with.0.chars', { kind: 'mask', length: 0 }],
    ['column.mask.hash.SHA-256.with.salt.a.b.c', { kind: 'hash', algorithm: 'SHA-256', salt: 'a.b.c' }],
    ['column.mask.hash.v2.SHA-512.with.salt.12', { kind: 'hash-v2', algorithm: 'SHA-512', salt: '12' }],
  ])('%s maps to a rule and back', (name, parameters) => {
    expect(throughProperty(name)).toEqual({ rule: { ...parameters, columns: ['db\\.t\\.c'] }, back: name });
  });

  it('know no other property', () => {
    expect(throughProperty('column.mask.with.ten.dots.chars')).toBeNull();
    expect(throughProperty('column.include.list')).toBeNull();
  });
});
