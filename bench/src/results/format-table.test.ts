import { expect, it } from 'vitest';
import { formatTable } from './format-table.ts';

it('aligns names to the left and figures to the right', () => {
  expect(
    formatTable(
      ['engine', 'rows/s'],
      [
        ['ours', '400,000'],
        ['debezium', '60,000'],
      ],
    ),
  ).toBe(['engine     rows/s', '--------  -------', 'ours      400,000', 'debezium   60,000'].join('\n'));
});
