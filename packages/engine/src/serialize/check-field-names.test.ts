import { describe, expect, it } from 'vitest';
import { checkFieldNames } from './check-field-names.ts';
import { fieldNameAdjuster } from './connect-schema/adjust-names.ts';

const columns = ['id', 'a-b', 'a_b'].map((name, ordinal) => ({
  name,
  ordinal,
  type: { family: 'date' } as const,
  nullable: true,
  primaryKeyPosition: null,
  visible: true,
}));
const schema = { database: 'shop', table: 'orders', columns, primaryKey: [] };

describe('two columns whose names become one', () => {
  it('are refused by name', () => {
    expect(() =>
      checkFieldNames(schema, { included: () => true, fieldName: fieldNameAdjuster('avro') }),
    ).toThrow(
      expect.objectContaining({
        code: 'FIELD_NAMES_COLLIDE',
        why: 'field.name.adjustment.mode makes a_b of both a-b and a_b.',
      }),
    );
  });

  it.each([
    ['avro_unicode', () => true],
    ['none', () => true],
    ['avro', (ordinal: number) => ordinal !== 2],
  ] as const)('are none under %s or when one is left out', (mode, included) => {
    expect(() => checkFieldNames(schema, { included, fieldName: fieldNameAdjuster(mode) })).not.toThrow();
  });
});
