import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';
import type { MessageRecord } from '@sealane/kafka/reader/message-record';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlConnection } from './source/sql.ts';
import { afterImage } from './testing/after-image.ts';
import {
  openTestDatabase,
  readTopic,
  startPipeline,
  type TestServers,
  testSpec,
  until,
  untilCaughtUp,
} from './testing/pipeline-harness.ts';

let servers: TestServers;
const open: SqlConnection[] = [];

beforeAll(async () => {
  const { mariadb, kafka } = await sharedStack(['mariadb', 'kafka']);
  servers = { source: mariadb, kafka };
});

afterAll(async () => {
  await Promise.all(open.map((sql) => sql.end()));
});

const COLUMNS = `id INT PRIMARY KEY, big BIGINT UNSIGNED, price DECIMAL(30,10), ratio DOUBLE, small FLOAT, txt VARCHAR(100), latin VARCHAR(50)
  CHARACTER SET latin1, bin VARBINARY(50), fixed BINARY(5), at DATETIME(6), ts TIMESTAMP(3) NULL, t TIME(2), d DATE, y YEAR,
  e ENUM('a','b''c','ü'), s SET('x','y','z'), b BIT(12), j JSON,
  flag BOOLEAN, zd DATE, zdt DATETIME(6) NOT NULL, zts TIMESTAMP(3) NOT NULL DEFAULT 0`;

const text = fc.string({ unit: 'binary', maxLength: 30 }).filter((value) => !/[\uD800-\uDFFF]/.test(value));
const digits = fc
  .tuple(fc.bigInt(-(10n ** 19n), 10n ** 19n), fc.nat(9_999_999))
  .map(([whole, part]) => `${whole}.${part}`);
const moment = fc.date({ min: new Date('1971-01-01'), max: new Date('2037-12-31'), noInvalidDate: true });
const sqlTime = (date: Date): string => date.toISOString().slice(0, 23).replace('T', ' ');
const nullable = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 5 });

/** A zero date, which no calendar has, or one of these. */
const zeroOr = (...dates: string[]): fc.Arbitrary<string> => fc.constantFrom('0000-00-00', ...dates);

/** The values of one row, in the order of the columns behind `id`. */
const row = fc.tuple(
  nullable(fc.bigInt(0n, 2n ** 64n - 1n).map(String)),
  nullable(digits),
  nullable(fc.double({ noNaN: true, noDefaultInfinity: true })),
  nullable(fc.float({ noNaN: true, noDefaultInfinity: true })),
  nullable(text),
  nullable(fc.string({ unit: 'grapheme-ascii', maxLength: 30 })),
  nullable(fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes))),
  nullable(fc.uint8Array({ maxLength: 5 }).map((bytes) => Buffer.from(bytes))),
  nullable(moment.map(sqlTime)),
  nullable(moment.map(sqlTime)),
  nullable(fc.tuple(fc.integer({ min: -838, max: 838 }), fc.nat(58)).map(([h, m]) => `${h}:${m}:59.25`)),
  nullable(moment.map((date) => sqlTime(date).slice(0, 10))),
  nullable(fc.integer({ min: 1901, max: 2155 })),
  nullable(fc.constantFrom('a', "b'c", 'ü')),
  nullable(fc.subarray(['x', 'y', 'z']).map((labels) => labels.join(','))),
  nullable(fc.nat(4095)),
  nullable(fc.json()),
  nullable(fc.integer({ min: -128, max: 127 })),
  nullable(zeroOr('1000-01-01', '2024-00-10')),
  zeroOr('1000-01-01 00:00:00.123456', '2024-02-29 23:59:59.9'),
  zeroOr('1970-01-01 00:00:01', '2024-02-29 23:59:59.1'),
);

/** The records of one table by both ways, taken with the same settings. */
async function bothWays(
  name: string,
  {
    table,
    rows,
    config,
  }: { table: string; rows: (sql: SqlConnection) => Promise<void>; config: Partial<PipelineConfigInput> },
): Promise<{ streamed: MessageRecord[]; copied: MessageRecord[] }> {
  const sql = await openTestDatabase(servers.source, name);
  open.push(sql);
  await sql.query(table);
  const stream = startPipeline(testSpec(servers, { name, config: { ...config, snapshotMode: 'no_data' } }));
  await until(stream, ({ state, position }) => state === 'running' && position !== null);
  await rows(sql);
  await untilCaughtUp(stream, sql);
  await stream.pipeline.stop();
  const copy = testSpec(servers, {
    name: `${name}_copy`,
    config: { ...config, snapshotMode: 'initial_only', databaseIncludeList: [name] },
  });
  expect(await startPipeline(copy).outcome).toEqual({ completed: true });
  return {
    streamed: await readTopic(servers.kafka, `${name}.${name}.t`),
    copied: await readTopic(servers.kafka, `${name}_copy.${name}.t`),
  };
}

const byKey = (records: readonly MessageRecord[]) =>
  new Map(records.map(({ key, value }) => [key?.toString(), afterImage(value)]));

const rules: PipelineConfigInput['columnRules'] = [
  { kind: 'truncate', length: 7, columns: ['.*\\.t\\.(txt|latin|bin|j|s)'] },
  { kind: 'mask', length: 4, columns: ['.*\\.t\\.e'] },
];
const hashes: PipelineConfigInput['columnRules'] = [
  { kind: 'hash', algorithm: 'SHA-256', salt: 'a', columns: ['.*\\.t\\.(txt|e)'] },
  { kind: 'hash-v2', algorithm: 'MD5', salt: 'b', columns: ['.*\\.t\\.(latin|s|j)'] },
];
const converters: PipelineConfigInput['converters'] = [
  { kind: 'tinyint-one-to-boolean', name: 'flags' },
  {
    kind: 'zero-date-fallback',
    name: 'zeros',
    selector: ['.*\\.z.*'],
    targetTypes: ['DATE', 'TIMESTAMP'],
    fallbackDate: '1900-01-01',
    fallbackTimestamp: '2000-01-01T00:00:00.5+01:00',
  },
  { kind: 'zero-date-fallback', name: 'nulls', selector: ['.*\\.zdt'] },
  {
    kind: 'jdbc-sink-data-types',
    name: 'sink',
    selectorBoolean: ['.*\\.(y|b|e)'],
    selectorReal: ['.*\\.(price|small|big)'],
    selectorString: ['.*\\.(txt|latin|ratio|s|j)'],
    treatRealAsDouble: false,
  },
];
const modes: [string, Partial<PipelineConfigInput>][] = [
  ['defaults', {}],
  ['truncated and masked columns', { columnRules: rules }],
  ['hashed columns', { columnRules: hashes }],
  ['converters', { converters, messageKeyColumns: ['.*\\.t:id,flag,zd,price,big'] }],
  ['key columns', { messageKeyColumns: ['.*\\.t:y,id,fixed'], columnExcludeList: ['.*\\.t\\.fixed'] }],
];

describe('one row by two ways', () => {
  it.each(modes)(
    'has the same key and the same bytes in a snapshot as in the stream: %s',
    async (_title, config) => {
      const rows = fc.sample(row, 200);
      const { streamed, copied } = await bothWays(uniqueName('equal'), {
        table: `CREATE TABLE t (${COLUMNS}) DEFAULT CHARACTER SET utf8mb4`,
        config,
        rows: async (sql) => {
          await sql.query("SET SESSION sql_mode = ''");
          for (const [index, values] of rows.entries()) {
            const marks = values.map(() => '?').join(',');
            await sql.query(`INSERT INTO t VALUES (${index},${marks})`, [...values]);
          }
        },
      });
      expect(streamed).toHaveLength(rows.length);
      expect(byKey(copied)).toEqual(byKey(streamed));
      expect(byKey(copied).size).toBe(rows.length);
    },
  );

  it('has the first unique key without nullable columns where there is no primary key', async () => {
    const { streamed, copied } = await bothWays(uniqueName('unique'), {
      table:
        'CREATE TABLE t (a INT, b INT NOT NULL, c INT NOT NULL, UNIQUE one (a), UNIQUE two (c, b), UNIQUE three (b))',
      config: {},
      rows: async (sql) => {
        await sql.query('INSERT INTO t VALUES (1, 2, 3)');
      },
    });
    expect(streamed.map(({ key }) => key?.toString())).toEqual(['{"c":3,"b":2}']);
    expect(copied.map(({ key }) => key?.toString())).toEqual(['{"c":3,"b":2}']);
  });
});
