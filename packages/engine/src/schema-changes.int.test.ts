import { readFileSync } from 'node:fs';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { describe, expect, it } from 'vitest';
import {
  openTestDatabase,
  readTopic,
  startPipeline,
  testSpec,
  until,
  untilCaughtUp,
} from './testing/pipeline-harness.ts';

/**
 * What ran on a server that Debezium 3.5 captured; its records are the fixtures, but for one: CREATE TABLE LIKE copies the
 * table's comment, which its parser forgets.
 */
const SNAPSHOTTED = [
  "CREATE TABLE t (id INT NOT NULL AUTO_INCREMENT, a INT DEFAULT 1, b VARCHAR(20) COMMENT 'text', c DECIMAL(10,2), e ENUM('x','y'), f TINYINT(1), g DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3), h BIT, j JSON, PRIMARY KEY (id), KEY ka (a)) COMMENT='tt'",
  'CREATE TABLE uncaptured (id INT PRIMARY KEY)',
  'CREATE TABLE otherx.o (id INT PRIMARY KEY, v VARCHAR(9))',
  'CREATE VIEW vw AS SELECT * FROM t',
  'INSERT INTO t (a) VALUES (1)',
];
const STREAMED = [
  'ALTER TABLE t ADD COLUMN d INT AFTER a',
  'ALTER TABLE uncaptured ADD COLUMN d INT',
  'ALTER TABLE otherx.o ADD COLUMN d INT',
  'CREATE TABLE n1 (id INT PRIMARY KEY, v VARCHAR(3) CHARACTER SET latin1)',
  'RENAME TABLE t TO t_old, n1 TO t',
  'RENAME TABLE t TO n1, t_old TO t',
  'TRUNCATE TABLE n1',
  'CREATE INDEX ix ON n1 (v)',
  'CREATE UNIQUE INDEX ix2 ON n1 (v)',
  'CREATE VIEW v2 AS SELECT 1',
  'DROP TABLE n1, uncaptured',
  'INSERT INTO t (a, d) VALUES (7, 7)',
  'ALTER DATABASE shopx CHARACTER SET latin1',
  'CREATE TABLE n2 AS SELECT id, b FROM t',
  'CREATE TABLE n3 LIKE t',
  'DROP DATABASE otherx',
  'CREATE DATABASE otherx',
  'CREATE DATABASE newx',
  'DROP DATABASE newx',
  "ALTER TABLE t COMMENT='zz'",
  'ALTER TABLE t RENAME TO orders',
];
/** Differ from run to run, or are left over from an earlier event in Debezium's record. */
const VOLATILE = ['version', 'name', 'ts_ms', 'ts_us', 'ts_ns', 'server_id', 'file', 'pos', 'row', 'gtid'];

interface SchemaChangeJson {
  source: { [field: string]: unknown; thread: number | string | null; gtid?: string | null; ts_us?: number };
  ts_ms?: number;
  databaseName: string;
  ddl: string;
}

function comparable(value: SchemaChangeJson): unknown {
  const source = Object.fromEntries(
    Object.entries(value.source).filter(([name]) => !VOLATILE.includes(name)),
  );
  const { ts_ms: _, ...rest } = value;
  const thread = typeof source.thread === 'number' ? 'number' : source.thread;
  return { ...rest, source: { ...source, thread }, ddl: value.ddl.replace(/ AUTO_INCREMENT=\d+/, '') };
}

describe.each(['mysql', 'mariadb'] as const)('schema changes of %s', (flavor) => {
  it('are what Debezium makes of the same statements', async () => {
    const servers = await sharedStack([flavor, 'kafka']);
    const source = servers[flavor];
    const name = uniqueName('ddl');
    const named = (text: string): string => text.replaceAll(/\b(shop|other|new)x\b/g, `${name}_$1`);
    const sql = await openTestDatabase(source, named('shopx'));
    await sql.query(named('CREATE DATABASE otherx CHARACTER SET latin1'));
    for (const statement of SNAPSHOTTED) await sql.query(named(statement));
    const config = {
      databaseIncludeList: [named('shopx')],
      tableIncludeList: [named('shopx\\.(?:t|n.*|orders)')],
    };
    const running = startPipeline(testSpec({ source, kafka: servers.kafka }, { name, config }));
    await until(running, ({ state, position }) => state === 'running' && position !== null);
    for (const statement of STREAMED) await sql.query(named(statement));
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    await sql.query(named('DROP DATABASE shopx'));
    await sql.query(named('DROP DATABASE otherx'));
    await sql.end();

    const databases = ['', ...['shopx', 'otherx', 'newx'].map(named)];
    const records = (await readTopic(servers.kafka, name)).map(({ key, value, partition }) => ({
      partition,
      key: JSON.parse(key?.toString() ?? '') as unknown,
      value: JSON.parse(value?.toString() ?? '') as SchemaChangeJson,
    }));
    const ours = records.filter(({ value }) => databases.includes(value.databaseName));
    const fixture = new URL(`testing/fixtures/schema-changes-${flavor}.jsonl`, import.meta.url);
    const theirs = readFileSync(fixture, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(named(line)) as { key: unknown; value: SchemaChangeJson });
    expect(ours.map(({ key, value }) => ({ key, value: comparable(value) }))).toEqual(
      theirs.map(({ key, value }) => ({ key, value: comparable(value) })),
    );
    expect(new Set(records.map(({ partition }) => partition))).toEqual(new Set([0]));
    const streamed = ours.filter(({ value }) => value.source.snapshot === 'false');
    expect(streamed.every(({ value }) => /^[0-9a-f-]+(:\d+)?$/.test(value.source.gtid ?? ''))).toBe(true);
  });
});
