import type { SchemaChangeItem } from '@sealane/contracts/api/schema-changes';
import { describe, expect, it } from 'vitest';
import { timelineEntries } from './use-timeline.ts';

function item(offset: number, origin: SchemaChangeItem['origin'], pos: string): SchemaChangeItem {
  return {
    offset: String(offset),
    origin,
    database: 'shop',
    recordedAtMs: 0,
    committedAtMs: 0,
    position: { file: 'b.1', pos, gtids: null, serverId: null },
    ddl: '',
    ddlTruncated: false,
    tables: [],
    tableCount: 0,
  };
}

describe('lines of the timeline', () => {
  it('join what one snapshot read, and never statements', () => {
    const items = [
      item(9, 'statement', '900'),
      item(8, 'statement', '900'),
      item(7, 'snapshot', '700'),
      item(6, 'snapshot', '700'),
      item(5, 'snapshot', '300'),
    ];
    const lines = timelineEntries(items).map((entry) =>
      entry.kind === 'change' ? entry.item.offset : entry.items.map(({ offset }) => offset),
    );
    expect(lines).toEqual(['9', '8', ['7', '6'], '5']);
  });
});
