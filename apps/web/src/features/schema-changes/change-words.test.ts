import type { TimelineColumn } from '@sealane/contracts/api/schema-changes';
import { describe, expect, it } from 'vitest';
import { declaration } from './change-words.ts';

const column: TimelineColumn = {
  name: 'note',
  type: 'VARCHAR(80)',
  nullable: true,
  defaultValue: null,
  charset: null,
  position: 1,
  autoIncrement: false,
  generated: false,
  visible: true,
  comment: null,
};

describe('a column of the schema timeline', () => {
  it('is declared as in a statement', () => {
    expect(declaration({ ...column, nullable: false, defaultValue: "'it''s'", comment: "the buyer's" })).toBe(
      "VARCHAR(80) NOT NULL DEFAULT 'it''s' COMMENT 'the buyer''s'",
    );
  });
});
