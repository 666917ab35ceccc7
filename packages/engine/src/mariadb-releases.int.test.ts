import { DEFAULT_HANDLING_MODES } from '@sealane/binlog/columns/handling-modes';
import { readTableSchema } from '@sealane/binlog/table/read-table-schema';
import type { TableSchema } from '@sealane/binlog/table/table-schema';
import { selectValues } from '@sealane/binlog/testing/client-values';
import { COMMON_COLUMNS, MARIADB_COLUMNS, randomRows } from '@sealane/binlog/testing/random-rows';
import { comparable, parseExact, referenceJson } from '@sealane/binlog/testing/reference-json';
import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { MARIADB_RELEASES } from '@sealane/stack/stack-options';
import { uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlConnection } from './source/sql.ts';
import { afterImage } from './testing/after-image.ts';
import { recordsBothWays } from './testing/both-ways.ts';
import { EDGE_COLUMNS, NEWER_COLUMNS } from './testing/edge-columns.ts';
import { type OwnSource, ownSource } from './testing/own-source.ts';
import {
  openTestDatabase,
  type RunningPipeline,
  readTopic,
  startPipeline,
  testSpec,
  until,
  untilCaughtUp,
} from './testing/pipeline-harness.ts';

const ROWS = 40;
const SEED = Math.floor(Date.now() / 86_400_000);
const METADATA = ['FULL', 'MINIMAL'] as const;

describe.each(MARIADB_RELEASES)('MariaDB %s', (release) => {
  const isNewer = release === '11.8';
  const columns = [...COMMON_COLUMNS, ...MARIADB_COLUMNS, ...EDGE_COLUMNS, ...(isNewer ? NEWER_COLUMNS : [])];
  let source: OwnSource;
  let sql: SqlConnection;

  beforeAll(async () => {
    source = await ownSource('mariadb', { release });
  });

  afterAll(async () => {
    sql?.destroy();
    await source?.stop();
  });

  async function fresh(
    rowMetadata: string,
    config: Partial<PipelineConfigInput> = {},
  ): Promise<PipelineRunSpec> {
    const name = uniqueName('release');
    sql?.destroy();
    sql = await openTestDatabase(source.servers.source, name);
    await sql.query(`SET GLOBAL binlog_row_metadata = ${rowMetadata}`);
    return testSpec(source.servers, { name, config: { snapshotMode: 'no_data', ...config } });
  }

  async function execute(...statements: string[]): Promise<void> {
    for (const statement of statements) await sql.query(statement);
  }

  /** Runs the pipeline while statements run; returns the GTID that was stored. */
  async function runWith(spec: PipelineRunSpec, ...statements: string[]): Promise<string | null> {
    const running = startPipeline(spec);
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await execute(...statements);
    await untilCaughtUp(running, sql);
    const { committedPosition } = running.pipeline.sample();
    await running.pipeline.stop();
    return committedPosition?.gtid ?? null;
  }

  /** What is left of the records of table `t`: operation and row. */
  async function rowsOf({ name }: PipelineRunSpec): Promise<string[]> {
    const records = await readTopic(source.servers.kafka, `${name}.${name}.t`);
    return records.flatMap(({ value }) => {
      if (value === null) return [];
      const { op, before, after } = JSON.parse(value.toString());
      return [`${op} ${Object.values(after ?? before).join(' ')}`.trim()];
    });
  }

  it.each(METADATA)(
    `has values of every type in snapshot and stream as a client sees them (binlog_row_metadata=%s, seed ${SEED})`,
    async (rowMetadata) => {
      const { name } = await fresh(rowMetadata);
      const rows = randomRows(columns, { count: ROWS, seed: SEED }).map(
        (row, i) => `(${[i, ...row].join(',')})`,
      );
      const list = columns.map((column) => `${column.name} ${column.declaration}`);
      let schema: TableSchema | null = null;
      let seen: Awaited<ReturnType<typeof selectValues>> = [];
      const { streamed, copied } = await recordsBothWays(source.servers, {
        name,
        table: `CREATE TABLE t (id INT PRIMARY KEY, ${list.join(', ')})`,
        rows: [rows.join(',')],
        read: async (reader) => {
          schema = await readTableSchema(reader, { database: name, table: 't' });
          if (schema !== null) seen = await selectValues(reader, schema, 'id');
        },
      });
      const images = streamed.map(({ value }) => afterImage(value));
      expect(copied.map(({ value }) => afterImage(value)).sort()).toEqual(images.toSorted());
      expect(seen).toHaveLength(ROWS);
      for (const [i, image] of images.entries()) expectValues(image, schema, seen[i] ?? []);
    },
  );

  it.each(METADATA)(
    'is followed through statements, and behind a stop by GTID (binlog_row_metadata=%s)',
    async (rowMetadata) => {
      const spec = await fresh(rowMetadata, { snapshotMode: 'initial' });
      await execute(
        'CREATE SEQUENCE s',
        'CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(10))',
        "INSERT INTO t VALUES (1, 'a')",
      );
      const first = await runWith(
        spec,
        'ALTER TABLE t ADD COLUMN u UUID FIRST, MODIFY v VARCHAR(300) CHARACTER SET utf8mb4',
        "INSERT INTO t VALUES ('123e4567-e89b-12d3-a456-426655440000', 2, 'ü')",
        'ALTER TABLE t RENAME COLUMN v TO w, DROP COLUMN u, ADD COLUMN n BIGINT DEFAULT (NEXT VALUE FOR s)',
        "INSERT INTO t (id, w) VALUES (3, 'c')",
        'SELECT NEXT VALUE FOR s',
      );
      expect(first).toMatch(/^0-1-\d+$/);
      await execute(
        "INSERT INTO t (id, w) VALUES (4, 'd')",
        'ALTER TABLE t ADD COLUMN four INT4 AFTER id, ADD COLUMN a INET4, ALGORITHM=COPY',
        "INSERT INTO t VALUES (5, 50, 'e', 9, '10.0.0.1')",
        'RENAME TABLE t TO old',
        'CREATE TABLE t AS SELECT id, a FROM old',
      );
      await runWith(
        spec,
        'ALTER TABLE t ADD PRIMARY KEY (id), DROP COLUMN a',
        'UPDATE t SET id = 6 WHERE id = 5',
      );
      expect(await rowsOf(spec)).toEqual([
        'r 1 a',
        'c 123e4567-e89b-12d3-a456-426655440000 2 ü',
        'c 3 c 3',
        'c 4 d 5',
        'c 5 50 e 9 10.0.0.1',
        ...['c 1', 'c 2', 'c 3', 'c 4', 'c 5 10.0.0.1'],
        'd 5',
        'c 6',
      ]);
    },
  );

  it('is read through compressed events, XA transactions and commits in groups, with their metadata', async () => {
    const spec = await fresh('FULL', { provideTransactionMetadata: true });
    await execute('CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(400))');
    const rows = [1, 2, 3].map((id) => `(${id}, REPEAT('x', 400))`).join(',');
    await runWith(
      spec,
      ...[
        'SET GLOBAL log_bin_compress = ON',
        `INSERT INTO t VALUES ${rows}`,
        "UPDATE t SET v = REPEAT('y', 400)",
      ],
      ...['SET GLOBAL log_bin_compress = OFF', "UPDATE t SET v = 'z'", 'DELETE FROM t WHERE id > 1'],
      ...["XA START 'x'", "INSERT INTO t VALUES (4, 'xa')", "XA END 'x'", "XA PREPARE 'x'", "XA COMMIT 'x'"],
    );
    const seen = (await rowsOf(spec)).map((line) => line.replace(/([xy])\1{399}$/, '$1…'));
    const ids = [1, 2, 3];
    expect(seen).toEqual([
      ...ids.map((id) => `c ${id} x…`),
      ...ids.map((id) => `u ${id} y…`),
      ...ids.map((id) => `u ${id} z`),
      ...['d 2 z', 'd 3 z', 'c 4 xa'],
    ]);
    const log = await readTopic(source.servers.kafka, `${spec.name}.transaction`);
    const ends = log.flatMap(({ value }) => {
      const { status, event_count: count } = JSON.parse(value?.toString() ?? '{}');
      return status === 'END' ? [count] : [];
    });
    expect(ends.filter((count) => count > 0)).toEqual([3, 3, 3, 2, 1]);
  });

  if (!isNewer) return;

  it('stops at updates and deletes without their generated columns, and goes on once these are left out', async () => {
    const spec = await fresh('FULL');
    await execute('CREATE TABLE t (id INT PRIMARY KEY, v INT AS (id * 2) VIRTUAL, s INT AS (id * 3) STORED)');
    const running = startPipeline(spec);
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    await execute('INSERT INTO t (id) VALUES (1)', 'UPDATE t SET id = 2', 'DELETE FROM t');
    await expect(running.outcome).rejects.toMatchObject({
      code: 'BINLOG_ROW_IMAGE_INCOMPLETE',
      details: { columns: 'v,s' },
      remedy: expect.stringContaining('column.exclude.list'),
    });
    expect(warningsOf(running)).toMatchObject([
      {
        code: 'GENERATED_COLUMNS_NOT_LOGGED',
        message: expect.stringContaining(`${spec.name}.t.v, ${spec.name}.t.s`),
        remedy: expect.stringContaining(`${spec.name}\\.t\\.v,${spec.name}\\.t\\.s`),
      },
    ]);
    const config = { ...spec.config, columnExcludeList: [`${spec.name}\\.t\\.(v|s)`] };
    const again = startPipeline({ ...spec, config });
    await until(again, ({ state, position }) => state === 'running' && position !== null);
    await untilCaughtUp(again, sql);
    await again.pipeline.stop();
    expect(warningsOf(again)).toEqual([]);
    expect(await rowsOf(spec)).toEqual(['c 1 2 3', 'd 1', 'c 2', 'd 2']);
  });

  it.each(METADATA)(
    'has VECTOR columns as lists of numbers, whatever happens to the table (binlog_row_metadata=%s)',
    async (rowMetadata) => {
      const spec = await fresh(rowMetadata, { snapshotMode: 'initial' });
      await execute(
        'CREATE TABLE t (id INT PRIMARY KEY, v VECTOR(3) NOT NULL, b VARBINARY(12), VECTOR INDEX (v) M=8 DISTANCE=cosine)',
        "INSERT INTO t VALUES (1, VEC_FromText('[1,-2.5,3e10]'), 'bytes')",
      );
      await runWith(
        spec,
        "INSERT INTO t VALUES (2, VEC_FromText('[0,0.1,-0]'), NULL)",
        'ALTER TABLE t DROP INDEX v, ADD COLUMN w VECTOR(100), ADD VECTOR INDEX nearest (v)',
        `UPDATE t SET w = VEC_FromText('[${Array(100).fill(7).join(',')}]') WHERE id = 1`,
      );
      await execute('ALTER TABLE t MODIFY w VARBINARY(400), DROP COLUMN b', 'DELETE FROM t WHERE id = 2');
      await runWith(
        spec,
        'CREATE OR REPLACE TABLE t (v VECTOR(1))',
        "INSERT INTO t VALUES (VEC_FromText('[9]'))",
      );
      expect(await rowsOf(spec)).toEqual([
        'r 1 1,-2.5,30000000000 Ynl0ZXM=',
        'c 2 0,0.1,0',
        `u 1 1,-2.5,30000000000 Ynl0ZXM= ${Array(100).fill(7).join(',')}`,
        'd 2 0,0.1,0',
        'c 9',
      ]);
    },
  );
});

/** What was said at the start. */
function warningsOf({ notices }: RunningPipeline) {
  return notices.filter(({ type }) => type === 'source.preflight').map(({ error }) => error);
}

/** An image is what the client's values must become, digit by digit. */
function expectValues(
  image: string,
  schema: TableSchema | null,
  values: Awaited<ReturnType<typeof selectValues>>[number],
): void {
  const row = parseExact(image) as Record<string, unknown>;
  for (const column of schema?.columns ?? []) {
    const { name, ordinal, type } = column;
    const wanted = comparable(
      referenceJson(column, values[ordinal] ?? null, DEFAULT_HANDLING_MODES),
      type,
      DEFAULT_HANDLING_MODES,
    );
    expect([name, comparable(row[name], type, DEFAULT_HANDLING_MODES)]).toEqual([name, wanted]);
  }
}
