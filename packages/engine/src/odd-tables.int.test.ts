import { uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryRows, quoteName, type SqlConnection } from './source/sql.ts';
import { oddTables } from './testing/odd-tables.ts';
import { ownSource } from './testing/own-source.ts';
import {
  openTestDatabase,
  readTopic,
  startPipeline,
  type TestServers,
  testSpec,
  until,
  untilCaughtUp,
} from './testing/pipeline-harness.ts';

const variants = [
  ['mariadb', { rowMetadata: 'MINIMAL' }],
  ['mariadb', { rowMetadata: 'FULL' }],
  ['mariadb', { rowMetadata: 'MINIMAL', release: '10.11' }],
  ['mariadb', { rowMetadata: 'FULL', release: '11.8' }],
  ['mysql', { rowMetadata: 'MINIMAL' }],
  ['mysql', { rowMetadata: 'FULL' }],
] as const;

describe.each(variants)('rows on %s with %o', (flavor, options) => {
  const name = uniqueName('odd');
  const tables = oddTables(flavor, options);
  const nameOf = (kind: 'copied' | 'streamed', index: number): string =>
    `${kind}${index}${tables[index]?.name ?? ''}`;
  let stop: () => Promise<void> = async () => undefined;
  let servers: TestServers;
  let sql: SqlConnection;
  /** Of every table, as a client of the server sees them. */
  const seen: Record<string, unknown>[][] = [];

  beforeAll(async () => {
    ({ servers, stop } = await ownSource(flavor, options));
    sql = await openTestDatabase(servers.source, name);
    await makeTables('copied');
    for (const index of tables.keys()) seen.push(await rowsOf(index));
    const spec = testSpec(servers, { name });
    const first = startPipeline(spec);
    await until(first, ({ state }) => state === 'running');
    await makeTables('streamed');
    await deleteRows('copied');
    await untilCaughtUp(first, sql);
    await first.pipeline.stop();
    const second = startPipeline(spec);
    await until(second, ({ state }) => state === 'running');
    await deleteRows('streamed');
    await untilCaughtUp(second, sql);
    await second.pipeline.stop();
  }, 120_000);

  afterAll(async () => {
    sql?.destroy();
    await stop();
  });

  async function makeTables(kind: 'copied' | 'streamed'): Promise<void> {
    for (const [index, { body, insert, variable }] of tables.entries()) {
      const table = quoteName(nameOf(kind, index));
      if (variable !== undefined) await sql.query(`SET SESSION ${variable}`);
      await sql.query(`CREATE TABLE ${table} ${body}`);
      if (variable !== undefined) await sql.query(`SET SESSION ${variable.replace(/=.*/, '= DEFAULT')}`);
      for (const values of insert) await sql.query(`INSERT INTO ${table} ${values}`);
    }
    await sql.query('CREATE TEMPORARY TABLE passing (id INT PRIMARY KEY)');
    await sql.query('INSERT INTO passing VALUES (1)');
    await sql.query('DROP TEMPORARY TABLE passing');
  }

  async function deleteRows(kind: 'copied' | 'streamed'): Promise<void> {
    for (const index of tables.keys()) await sql.query(`DELETE FROM ${quoteName(nameOf(kind, index))}`);
  }

  async function rowsOf(index: number): Promise<Record<string, unknown>[]> {
    const { columns, shown = {} } = tables[index] ?? { columns: [] };
    const list = columns.map((column) => {
      const quoted = quoteName(column);
      return `CAST(${shown[column] ?? quoted} AS CHAR) AS ${quoted}`;
    });
    const rows = await queryRows(sql, `SELECT ${list.join(', ')} FROM ${quoteName(nameOf('copied', index))}`);
    return rows.map((row) => Object.fromEntries(row));
  }

  /** The records of one operation: keys as they are, every value of the row as text. */
  async function recordsOf(table: string, op: string) {
    const records = await readTopic(servers.kafka, `${name}.${name}.${table.replaceAll(/[^\w.-]/g, '_')}`);
    return records.flatMap(({ key, value }) => {
      const record = value === null ? null : JSON.parse(value.toString());
      if (record?.op !== op) return [];
      const row: Record<string, unknown> = record.after ?? record.before;
      const texts = Object.entries(row).map(([column, cell]) => [
        column,
        cell === null ? null : String(cell),
      ]);
      return [{ key: key?.toString() ?? null, row: Object.fromEntries(texts), columns: Object.keys(row) }];
    });
  }

  it.each(tables.map((table, index) => ({ ...table, index })))(
    'are in snapshot, stream and after a restart what a client sees: $title',
    async ({ index, columns, key = ['id'] }) => {
      const copied = await recordsOf(nameOf('copied', index), 'r');
      expect(copied.map(({ row }) => row)).toEqual(seen[index]);
      expect(copied.map((record) => record.columns)).toEqual(copied.map(() => columns));
      expect(Object.keys(JSON.parse(copied[0]?.key ?? '{}'))).toEqual(key);
      expect(await recordsOf(nameOf('copied', index), 'd')).toEqual(copied);
      expect(await recordsOf(nameOf('streamed', index), 'c')).toEqual(copied);
      expect(await recordsOf(nameOf('streamed', index), 'd')).toEqual(copied);
    },
  );

  it('of temporary tables are never captured', async () => {
    expect(await readTopic(servers.kafka, `${name}.${name}.passing`).catch(() => [])).toEqual([]);
  });
});
