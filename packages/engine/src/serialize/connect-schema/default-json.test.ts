import { DEFAULT_HANDLING_MODES, type HandlingModes } from '@sealane/binlog/columns/handling-modes';
import type { ColumnType } from '@sealane/binlog/table/table-schema';
import { expect, it } from 'vitest';
import { defaultJson } from './default-json.ts';

/** The default of a column of the type whose DDL says `DEFAULT literal`. */
function shown(
  type: ColumnType,
  defaultText: string | null,
  { nullable = true, ...modes }: Partial<HandlingModes> & { nullable?: boolean } = {},
): string | null {
  const declared = { typeName: '', length: null, scale: null, comment: null, defaultText };
  const column = { name: 'c', ordinal: 0, type, nullable, primaryKeyPosition: null, visible: true, declared };
  return defaultJson(column, { ...DEFAULT_HANDLING_MODES, ...modes });
}

const int: ColumnType = { family: 'integer', bytes: 4, unsigned: false };
const bigint: ColumnType = { family: 'integer', bytes: 8, unsigned: true };
const amount: ColumnType = { family: 'decimal', precision: 10, scale: 2 };
const text: ColumnType = { family: 'string', kind: 'varchar', charset: 'utf8mb4', length: 40 };
const date: ColumnType = { family: 'date' };
const timestamp: ColumnType = { family: 'timestamp', fsp: 3 };

it('is null where there is no literal, or one that the type cannot take', () => {
  expect([shown(int, null), shown(int, ''), shown(int, 'x'), shown(amount, '.')]).toEqual(
    Array(4).fill(null),
  );
  expect(shown({ family: 'json' }, '{}')).toBeNull();
});

it('reads whole numbers as Debezium does: rounded, TRUE as 1, at most the largest int64', () => {
  expect([' 7', '1.5', '-1e2', 'TRUE', 'false'].map((literal) => shown(int, literal))).toEqual([
    '7',
    '2',
    '-100',
    '1',
    '0',
  ]);
  expect(shown(bigint, '18446744073709551615')).toBe('9223372036854775807');
  expect(shown(bigint, '18446744073709551615', { bigintUnsignedHandlingMode: 'precise' })).toBe(
    '"AP//////////"',
  );
});

it('rounds decimals to the scale of the column', () => {
  const literals = ['1.005', '-1.005', '1.004', '.5', '12e-1', '3'];
  expect(literals.map((literal) => shown(amount, literal, { decimalHandlingMode: 'string' }))).toEqual([
    '"1.01"',
    '"-1.01"',
    '"1.00"',
    '"0.50"',
    '"1.20"',
    '"3.00"',
  ]);
});

it('leaves text as the DDL has it, without the name of its charset', () => {
  expect(shown(text, "it''s ")).toBe('"it\'\'s "');
  expect(shown(text, "_utf8mb4'abc'")).toBe('"abc"');
  expect(shown(text, '')).toBe('""');
  expect(shown({ family: 'binary', kind: 'binary', length: 4 }, 'ab', { binaryHandlingMode: 'hex' })).toBe(
    '"6162"',
  );
});

it('reads bits as digits', () => {
  expect(shown({ family: 'bit', length: 1 }, '1')).toBe('true');
  expect(shown({ family: 'bit', length: 12 }, '101100001')).toBe('"YQE="');
});

it('has no default for the present time but the epoch, where a value must be', () => {
  const now = '1970-01-01 00:00:00';
  expect(shown(timestamp, now)).toBeNull();
  expect(shown(timestamp, now, { nullable: false })).toBe('"1970-01-01T00:00:00Z"');
  expect(shown({ family: 'datetime', fsp: 0 }, now)).toBe('0');
});

it('takes a zero date for none', () => {
  expect(shown(date, '0000-00-00')).toBeNull();
  expect(shown(date, '2024-00-10', { nullable: false })).toBe('0');
  expect(shown(date, '2024-02-29 10:00:00')).toBe('19782');
});

it('is no default where the mode has no form for it', () => {
  const time: ColumnType = { family: 'time', fsp: 0 };
  expect(shown(time, '-10:00')).toBe('-36000000000');
  expect(shown(time, '-10:00', { timePrecisionMode: 'connect' })).toBeNull();
});
