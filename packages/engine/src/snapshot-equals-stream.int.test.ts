import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlConnection } from './source/sql.ts';
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
  e ENUM('a','b''c','ü'), s SET('x','y','z'), b BIT(12), j JSON`;

const text = fc.string({ unit: 'binary', maxLength: 30 }).filter((value) => !/[\uD800-\uDFFF]/.test(value));
const digits = fc
  .tuple(fc.bigInt(-(10n ** 19n), 10n ** 19n), fc.nat(9_999_999))
  .map(([whole, part]) => `${whole}.${part}`);
const moment = fc.date({ min: new Date('1971-01-01'), max: new Date('2037-12-31'), noInvalidDate: true });
const sqlTime = (date: Date): string => date.toISOString().slice(0, 23).replace('T', ' ');
const nullable = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 5 });

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
);

/** The captured row of an envelope, as it stands there. */
function image(value: Buffer | null): string {
  return /^\{"before":null,"after":(\{.*\}),"source":\{"version"/s.exec(value?.toString() ?? '')?.[1] ?? '';
}

describe('one row by two ways', () => {
  it('has the same key and the same bytes in a snapshot as in the stream', async () => {
    const name = uniqueName('equal');
    const sql = await openTestDatabase(servers.source, name);
    open.push(sql);
    await sql.query(`CREATE TABLE t (${COLUMNS}) DEFAULT CHARACTER SET utf8mb4`);
    const stream = startPipeline(testSpec(servers, { name, config: { snapshotMode: 'no_data' } }));
    await until(stream, ({ state, position }) => state === 'running' && position !== null);
    const rows = fc.sample(row, 400);
    for (const [index, values] of rows.entries()) {
      const marks = values.map(() => '?').join(',');
      await sql.query(`INSERT INTO t VALUES (${index},${marks})`, [...values]);
    }
    await untilCaughtUp(stream, sql);
    await stream.pipeline.stop();
    const config = { snapshotMode: 'initial_only', databaseIncludeList: [name] } as const;
    const copy = testSpec(servers, {
      name: `${name}_copy`,
      config: { ...config, databaseIncludeList: [name] },
    });
    expect(await startPipeline(copy).outcome).toEqual({ completed: true });

    const streamed = await readTopic(servers.kafka, `${name}.${name}.t`);
    const copied = await readTopic(servers.kafka, `${name}_copy.${name}.t`);
    const byKey = (records: typeof copied) =>
      new Map(records.map(({ key, value }) => [key?.toString(), image(value)]));
    expect(streamed).toHaveLength(rows.length);
    expect(byKey(copied)).toEqual(byKey(streamed));
  });
});
