import fc from 'fast-check';
import type { HandlingModes } from '../columns/handling-modes.ts';
import { COMMON_COLUMNS, MARIADB_COLUMNS, MYSQL_COLUMNS, type RandomColumn } from './random-rows.ts';

/** A table of random columns, nullability and key; `id` is among the columns and counts the rows from 1. */
export interface RandomTable {
  readonly columns: readonly RandomColumn[];
  /** What follows the columns in CREATE TABLE: `, PRIMARY KEY (…)` or nothing. */
  readonly key: string;
  /** Key columns in key order. */
  readonly keyColumns: readonly string[];
}

/** Types that no key can hold, or only a prefix of which. */
const NO_KEY = /json|blob|text|geometry|point|vector|float|double|compressed|varchar\(2000\)|char\(255\)/;
const ID: RandomColumn = { name: 'id', declaration: 'int not null', literal: fc.constant('0') };

/** Random tables of a flavour's types. */
export function randomTables(
  flavor: 'mysql' | 'mariadb',
  options: { count: number; seed: number },
): RandomTable[] {
  const pool = [...COMMON_COLUMNS, ...(flavor === 'mariadb' ? MARIADB_COLUMNS : MYSQL_COLUMNS)];
  const arbitrary = fc
    .record({
      columns: fc.shuffledSubarray(pool, { minLength: 1, maxLength: 14 }),
      required: fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
      idAt: fc.nat(14),
      keyKind: fc.constantFrom('none', 'id', 'composite', 'composite', 'prefix'),
      idInKey: fc.nat(3),
    })
    .map(tableOf);
  return fc.sample(arbitrary, { numRuns: options.count, seed: options.seed });
}

interface Choice {
  readonly columns: readonly RandomColumn[];
  readonly required: readonly boolean[];
  readonly idAt: number;
  readonly keyKind: 'none' | 'id' | 'composite' | 'prefix';
  readonly idInKey: number;
}

function tableOf({ columns, required, idAt, keyKind, idInKey }: Choice): RandomTable {
  const parts = keyParts(columns, keyKind);
  const named = new Set(parts.map(({ name }) => name));
  const declared = columns.map((column, i) =>
    named.has(column.name) || required[i] ? notNull(column) : column,
  );
  declared.splice(idAt, 0, ID);
  if (keyKind === 'none') return { columns: declared, key: '', keyColumns: [] };
  const key = [...parts];
  key.splice(idInKey, 0, { name: ID.name, part: ID.name });
  return {
    columns: declared,
    key: `, PRIMARY KEY (${key.map(({ part }) => part).join(', ')})`,
    keyColumns: key.map(({ name }) => name),
  };
}

/** Columns of the key beside `id`, with the length of a prefix where it is one. */
function keyParts(
  columns: readonly RandomColumn[],
  kind: Choice['keyKind'],
): { name: string; part: string }[] {
  if (kind === 'composite')
    return columns
      .filter(({ declaration }) => !NO_KEY.test(declaration) && isFree(declaration))
      .slice(0, 3)
      .map(({ name }) => ({ name, part: name }));
  if (kind !== 'prefix') return [];
  return columns
    .filter(({ declaration }) =>
      /^(longtext|tinytext|mediumblob|varchar\(\d+\) charset utf8mb4)/.test(declaration),
    )
    .map(({ name }) => ({ name, part: `${name}(4)` }));
}

/** True where the declaration leaves nullability open. */
function isFree(declaration: string): boolean {
  return !/null/.test(declaration);
}

function notNull(column: RandomColumn): RandomColumn {
  const { declaration } = column;
  return isFree(declaration) ? { ...column, declaration: `${declaration} not null` } : column;
}

/** Random sets of every property that has a say in how a value is written. */
export function randomModes(options: { count: number; seed: number }): HandlingModes[] {
  const arbitrary: fc.Arbitrary<HandlingModes> = fc.record({
    decimalHandlingMode: fc.constantFrom('precise', 'double', 'string'),
    bigintUnsignedHandlingMode: fc.constantFrom('long', 'precise'),
    binaryHandlingMode: fc.constantFrom('bytes', 'base64', 'base64-url-safe', 'hex'),
    timePrecisionMode: fc.constantFrom(
      'adaptive_time_microseconds',
      'connect',
      'isostring',
      'microseconds',
      'nanoseconds',
    ),
    eventConvertingFailureHandlingMode: fc.constantFrom('warn', 'skip'),
    enableTimeAdjuster: fc.boolean(),
  });
  return fc.sample(arbitrary, { numRuns: options.count, seed: options.seed });
}
