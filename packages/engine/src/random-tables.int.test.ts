import { randomRows } from '@sealane/binlog/testing/random-rows';
import { type RandomTable, randomModes, randomTables } from '@sealane/binlog/testing/random-schemas';
import { parseExact } from '@sealane/binlog/testing/reference-json';
import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';
import type { MessageRecord } from '@sealane/kafka/reader/message-record';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
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

const TABLES = 12;
const ROWS = 10;
/** Another one every day, the same all day long: what fails can be run again, and in time much is tried. */
const SEED = Math.floor(Date.now() / 86_400_000);
const MODES = randomModes({ count: 3, seed: SEED });

describe.each(['mariadb', 'mysql'] as const)(
  `random tables of %s through pipelines (seed ${SEED})`,
  (flavour) => {
    let servers: TestServers;
    const open: SqlConnection[] = [];

    beforeAll(async () => {
      const { [flavour]: source, kafka } = await sharedStack([flavour, 'kafka']);
      servers = { source, kafka };
    });

    afterAll(async () => {
      await Promise.all(open.map((sql) => sql.end()));
    });

    /** The topics of every table by both ways, taken with the same settings. */
    async function bothWays(
      tables: readonly RandomTable[],
      config: Partial<PipelineConfigInput>,
    ): Promise<{ streamed: MessageRecord[]; copied: MessageRecord[] }[]> {
      const name = uniqueName('random');
      const sql = await openTestDatabase(servers.source, name);
      open.push(sql);
      await sql.query("SET SESSION sql_mode='ALLOW_INVALID_DATES', time_zone='+00:00'");
      for (const [i, table] of tables.entries()) await sql.query(createTable(`t${i}`, table));
      const stream = startPipeline(
        testSpec(servers, { name, config: { ...config, snapshotMode: 'no_data' } }),
      );
      await until(stream, ({ state, position }) => state === 'running' && position !== null);
      for (const [i, table] of tables.entries()) await sql.query(insertRows(`t${i}`, table, SEED + i));
      await untilCaughtUp(stream, sql);
      await stream.pipeline.stop();
      const copyConfig: Partial<PipelineConfigInput> = {
        ...config,
        snapshotMode: 'initial_only',
        databaseIncludeList: [name],
      };
      const copy = startPipeline(testSpec(servers, { name: `${name}_copy`, config: copyConfig }));
      expect(await copy.outcome).toEqual({ completed: true });
      const topics: { streamed: MessageRecord[]; copied: MessageRecord[] }[] = [];
      for (const i of tables.keys()) {
        topics.push({
          streamed: await readTopic(servers.kafka, `${name}.${name}.t${i}`),
          copied: await readTopic(servers.kafka, `${name}_copy.${name}.t${i}`),
        });
      }
      return topics;
    }

    it.each(MODES)('have the same keys and rows in a snapshot as in the stream: %o', async (modes) => {
      const tables = randomTables(flavour, { count: TABLES, seed: SEED + MODES.indexOf(modes) });
      const topics = await bothWays(tables, { ...modes });
      topics.forEach(({ streamed, copied }, i) => {
        expect(streamed).toHaveLength(ROWS);
        expect(keysAndRows(copied)).toEqual(keysAndRows(streamed));
        for (const record of [...streamed, ...copied]) expectJson(record, tables[i]?.keyColumns ?? []);
      });
    });
  },
);

function createTable(name: string, { columns, key }: RandomTable): string {
  return `CREATE TABLE ${name} (${columns.map((column) => `${column.name} ${column.declaration}`).join(', ')}${key})`;
}

function insertRows(name: string, { columns }: RandomTable, seed: number): string {
  const id = columns.findIndex((column) => column.name === 'id');
  const rows = randomRows(columns, { count: ROWS, seed });
  return `INSERT INTO ${name} VALUES ${rows.map((row, i) => `(${row.with(id, String(i + 1)).join(',')})`).join(',')}`;
}

/** Bytes of key and row, in an order of their own: a snapshot copies in the key's order. */
function keysAndRows(records: readonly MessageRecord[]): string[] {
  return records.map(({ key, value }) => `${key?.toString() ?? 'no key'} ${afterImage(value)}`).sort();
}

/** Key and value are JSON, and the key holds the row's very values, every digit of them, in the key's order. */
function expectJson({ key, value }: MessageRecord, keyColumns: readonly string[]): void {
  const { after } = parseExact(value?.toString() ?? '') as { after: Record<string, unknown> };
  if (keyColumns.length === 0) {
    expect(key).toBeNull();
    return;
  }
  const entries = Object.entries(parseExact(key?.toString() ?? '') as object);
  expect(entries).toEqual(keyColumns.map((name) => [name, after[name]]));
}
