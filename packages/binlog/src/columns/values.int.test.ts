import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectMysql } from '../session/connect.ts';
import type { ConnectionOptions } from '../session/session-options.ts';
import { checkAgainstTableMap } from '../table/check-against-table-map.ts';
import { readTableSchema } from '../table/read-table-schema.ts';
import {
  type CapturedRow,
  captureEvents,
  decodeInserts,
  hasCommitOf,
  selectAsJson,
} from '../testing/capture.ts';
import {
  COMMON_COLUMNS,
  MARIADB_COLUMNS,
  MYSQL_COLUMNS,
  type RandomColumn,
  randomRows,
} from '../testing/random-rows.ts';
import { comparable, parseExact, referenceJson } from '../testing/reference-json.ts';
import { DEFAULT_HANDLING_MODES, type HandlingModes } from './handling-modes.ts';

const ROWS = 120;
const SERVERS = [
  { flavour: 'mariadb', columns: [...COMMON_COLUMNS, ...MARIADB_COLUMNS] },
  { flavour: 'mysql', columns: [...COMMON_COLUMNS, ...MYSQL_COLUMNS] },
] as const;
const MODES: readonly HandlingModes[] = [
  DEFAULT_HANDLING_MODES,
  {
    decimalHandlingMode: 'string',
    bigintUnsignedHandlingMode: 'precise',
    binaryHandlingMode: 'hex',
    timePrecisionMode: 'connect',
    enableTimeAdjuster: false,
    eventConvertingFailureHandlingMode: 'warn',
  },
  { ...DEFAULT_HANDLING_MODES, decimalHandlingMode: 'double', binaryHandlingMode: 'base64-url-safe' },
  { ...DEFAULT_HANDLING_MODES, timePrecisionMode: 'isostring' },
  { ...DEFAULT_HANDLING_MODES, timePrecisionMode: 'microseconds' },
  { ...DEFAULT_HANDLING_MODES, timePrecisionMode: 'nanoseconds' },
];

describe.each(SERVERS)('random values of every type on $flavour', ({ flavour, columns }) => {
  const database = uniqueName('values');
  let target: ConnectionOptions;
  let connection: Connection;

  beforeAll(async () => {
    const { [flavour]: server } = await sharedStack([flavour]);
    target = { host: server.host, port: server.port, ...server.admin };
    connection = await connectMysql(target);
    await connection.query(`CREATE DATABASE ${database}`);
    await connection.query("SET SESSION sql_mode='ALLOW_INVALID_DATES', time_zone='+00:00'");
  });

  afterAll(async () => {
    await connection.query(`DROP DATABASE IF EXISTS ${database}`);
    await connection.end();
  });

  async function insertAndCapture(modes: HandlingModes, seed: number) {
    const table = uniqueName('t');
    await connection.query(createTable(`${database}.${table}`, columns));
    const schema = await readTableSchema(connection, { database, table });
    if (schema === null) throw new Error('the table is not there');
    const rows = randomRows(columns, { count: ROWS, seed });
    const insert = rows.map((row, i) => `(${[i + 1, ...row].join(',')})`).join(',\n');
    const events = await captureEvents(
      { connection: target },
      async () => {
        await connection.query(`INSERT INTO ${database}.${table} VALUES ${insert}`);
      },
      hasCommitOf(table),
    );
    return { schema, captured: decodeInserts(events, { table, modes, enrichFrom: schema }), table };
  }

  it.each(MODES)(
    'row image and SELECT give the same JSON bytes, and both the decoded value ($decimalHandlingMode, $timePrecisionMode)',
    async (modes) => {
      const { schema, captured } = await insertAndCapture(modes, MODES.indexOf(modes));
      expect(captured).toHaveLength(ROWS);
      const selected = await selectAsJson(connection, { schema, modes, orderBy: 'id' });
      captured.forEach((row, i) => {
        expect(JSON.parse(row.json)).toEqual(JSON.parse(selected[i]?.json ?? ''));
        expect(row.json).toBe(selected[i]?.json);
        expectReference(row, modes);
      });
    },
  );

  it('FULL metadata and information_schema describe the table alike, and the check accepts it', async () => {
    const { schema, captured } = await insertAndCapture(DEFAULT_HANDLING_MODES, 7);
    const first = captured[0];
    if (first === undefined) throw new Error('no row was captured');
    expect(first.schema).toEqual(schema);
    expect(() => checkAgainstTableMap(schema, first.map)).not.toThrow();
  });
});

function createTable(name: string, columns: readonly RandomColumn[]): string {
  const list = columns.map((column) => `${column.name} ${column.declaration}`).join(', ');
  return `CREATE TABLE ${name} (id int PRIMARY KEY, ${list})`;
}

function expectReference(row: CapturedRow, modes: HandlingModes): void {
  const parsed = parseExact(row.json) as Record<string, unknown>;
  for (const column of row.schema.columns) {
    const expected = comparable(referenceJson(column, row.values[column.ordinal], modes), column.type, modes);
    const actual = comparable(parsed[column.name], column.type, modes);
    expect([column.name, actual]).toEqual([column.name, expected]);
  }
}
