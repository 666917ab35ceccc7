import type { HistoryColumnJson } from '@sealane/contracts/schema-history';
import { describe, expect, it } from 'vitest';
import { timelineColumn } from './timeline-column.ts';

const json: HistoryColumnJson = {
  name: 'note',
  typeName: 'VARCHAR',
  length: 80,
  optional: true,
  autoIncremented: false,
  hasDefaultValue: true,
  visible: true,
  computed: false,
};

describe('the default of a column in the timeline', () => {
  it.each([
    ["'none'", { defaultValueExpression: 'none' }],
    ["''", { defaultValueExpression: '' }],
    ["'it''s'", { defaultValueExpression: "it''s" }],
    ['1.50', { typeName: 'DECIMAL', defaultValueExpression: '1.50' }],
    ['(uuid())', { defaultSql: '(uuid())' }],
    [
      'current_timestamp(3)',
      {
        typeName: 'DATETIME',
        defaultValueExpression: '1970-01-01 00:00:00',
        defaultSql: 'current_timestamp(3)',
      },
    ],
    [null, {}],
  ])('is %s', (shown, column) => {
    expect(timelineColumn({ ...json, ...column }, 1).defaultValue).toBe(shown);
  });
});
