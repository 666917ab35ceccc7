import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawEvent } from '../events/raw-event.ts';
import { connectMysql } from '../session/connect.ts';
import type { ConnectionOptions } from '../session/session-options.ts';
import { readTableSchema } from '../table/read-table-schema.ts';
import type { TableSchema } from '../table/table-schema.ts';
import {
  type CapturedRow,
  captureEvents,
  decodeInserts,
  hasCommitOf,
  selectAsJson,
} from '../testing/capture.ts';
import { selectValues } from '../testing/client-values.ts';
import { randomRows } from '../testing/random-rows.ts';
import { type RandomTable, randomModes, randomTables } from '../testing/random-schemas.ts';
import { comparable, parseExact, referenceJson } from '../testing/reference-json.ts';
import type { ColumnValue } from './column-codec.ts';
import type { HandlingModes } from './handling-modes.ts';

const TABLES = 25;
const ROWS = 12;
const MODES = 6;
/** Another one every day, the same all day long: what fails can be run again, and in time much is tried. */
const SEED = Math.floor(Date.now() / 86_400_000);

describe.each(['mariadb', 'mysql'] as const)(`random tables on %s (seed ${SEED})`, (flavour) => {
  const database = uniqueName('schemas');
  const tables = randomTables(flavour, { count: TABLES, seed: SEED });
  let connection: Connection;
  let events: RawEvent[];

  beforeAll(async () => {
    const { [flavour]: server } = await sharedStack([flavour]);
    const target: ConnectionOptions = { host: server.host, port: server.port, ...server.admin };
    connection = await connectMysql(target);
    await connection.query(`CREATE DATABASE ${database}`);
    await connection.query("SET SESSION sql_mode='ALLOW_INVALID_DATES', time_zone='+00:00'");
    events = await captureEvents({ connection: target }, createAll, hasCommitOf(`last_${database}`));
  });

  afterAll(async () => {
    await connection.query(`DROP DATABASE IF EXISTS ${database}`);
    await connection.end();
  });

  async function createAll(): Promise<void> {
    for (const [i, table] of tables.entries()) await createAndFill(`${database}.t${i}`, table, i);
    await connection.query(`CREATE TABLE ${database}.last_${database} (id int)`);
    await connection.query(`INSERT INTO ${database}.last_${database} VALUES (1)`);
  }

  async function createAndFill(name: string, { columns, key }: RandomTable, index: number): Promise<void> {
    const list = columns.map((column) => `${column.name} ${column.declaration}`).join(', ');
    await connection.query(`CREATE TABLE ${name} (${list}${key})`);
    const id = columns.findIndex((column) => column.name === 'id');
    const rows = randomRows(columns, { count: ROWS, seed: SEED + index });
    const values = rows.map((row, i) => `(${row.with(id, String(i + 1)).join(',')})`);
    await connection.query(`INSERT INTO ${name} VALUES ${values.join(',\n')}`);
  }

  async function schemaOf(index: number): Promise<TableSchema> {
    const schema = await readTableSchema(connection, { database, table: `t${index}` });
    if (schema === null) throw new Error('the table is not there');
    return schema;
  }

  it.each(tables.map((table, index) => [index, describeTable(table), table] as const))(
    'table %i: streamed row = snapshot row = the client’s values, in all modes: %s',
    async (index, _title, table) => {
      const schema = await schemaOf(index);
      const client = await selectValues(connection, schema, 'id');
      expect(client).toHaveLength(ROWS);
      for (const modes of randomModes({ count: MODES, seed: SEED + index })) {
        const streamed = decodeInserts(events, { table: `t${index}`, modes, enrichFrom: schema });
        const copied = await selectAsJson(connection, { schema, modes, orderBy: 'id' });
        expect(streamed.map(({ json, key }) => ({ json, key }))).toEqual(copied);
        streamed.forEach((row, i) => {
          expectClientValues(row, { values: client[i] ?? [], modes });
          expectKey(row, table.keyColumns);
        });
      }
    },
  );
});

function describeTable({ columns, key }: RandomTable): string {
  return `${columns.map(({ name, declaration }) => `${name} ${declaration}`).join(', ')}${key}`.slice(0, 160);
}

/** The decoded value is the client's; the JSON is what the client's value must become, digit by digit. */
function expectClientValues(
  row: CapturedRow,
  { values, modes }: { values: readonly ColumnValue[]; modes: HandlingModes },
): void {
  const parsed = parseExact(row.json) as Record<string, unknown>;
  expect(Object.keys(parsed)).toEqual(row.schema.columns.map(({ name }) => name));
  for (const column of row.schema.columns) {
    const { name, ordinal, type } = column;
    const value = values[ordinal] ?? null;
    if (type.family === 'json') {
      expect([name, jsonOf(parsed[name])]).toEqual([name, jsonOf(value)]);
      continue;
    }
    expect([name, row.values[ordinal]]).toEqual([name, value]);
    const expected = comparable(referenceJson(column, value, modes), type, modes);
    expect([name, comparable(parsed[name], type, modes)]).toEqual([name, expected]);
  }
}

/** The document in a JSON text, digits kept. */
function jsonOf(text: unknown): unknown {
  return typeof text === 'string' ? parseExact(text) : null;
}

/** A key has the row's own values, in the key's order. */
function expectKey({ json, key }: CapturedRow, names: readonly string[]): void {
  if (names.length === 0) {
    expect(key).toBeNull();
    return;
  }
  const row = parseExact(json) as Record<string, unknown>;
  expect(Object.entries(parseExact(key ?? 'null') as object)).toEqual(names.map((name) => [name, row[name]]));
}
