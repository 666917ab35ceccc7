import { uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlConnection } from './source/sql.ts';
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

/** What any table of the test goes through; `t` stands for its name. */
const CHANGES = [
  'INSERT INTO t (id, v) VALUES (1, 1), (2, 2)',
  'UPDATE t SET v = 10 WHERE id = 1',
  'UPDATE t SET id = 3 WHERE id = 1',
  'REPLACE INTO t (id, v) VALUES (2, 20), (4, 4)',
  'INSERT INTO t (id, v) VALUES (4, 5) ON DUPLICATE KEY UPDATE v = VALUES(v)',
  'DELETE FROM t WHERE id = 2',
  'DELETE HISTORY FROM t',
];

/** The last TIMESTAMP of MariaDB up to 11.4, and since. */
const FOREVER = /2038-01-19T03:14:07.999999Z|2106-02-07T06:28:15.999999Z/g;

/** What REPLACE logged before MariaDB 11: an end of the row, and another row. */
const REPLACED_BEFORE_11 = ['d {"id":2} 2 2', 'tombstone {"id":2}', 'c {"id":2} 2 20'];

const variants = [
  { rowMetadata: 'MINIMAL' },
  { rowMetadata: 'FULL' },
  { rowMetadata: 'FULL', release: '10.11' },
  { rowMetadata: 'MINIMAL', release: '11.8' },
] as const;

describe.each(variants)('system-versioned tables with %o', (options) => {
  const name = uniqueName('versions');
  let stop: () => Promise<void> = async () => undefined;
  let servers: TestServers;
  let sql: SqlConnection;

  beforeAll(async () => {
    ({ servers, stop } = await ownSource('mariadb', options));
    sql = await openTestDatabase(servers.source, name);
    await sql.query('SET SESSION system_versioning_alter_history = KEEP');
  });

  afterAll(async () => {
    sql?.destroy();
    await stop();
  });

  /** The records of a table that a pipeline copies and then streams, and again after a stop where statements are given for it. */
  async function recordsOf(
    table: string,
    { before, running, stopped = [] }: { before: string[]; running: string[]; stopped?: string[] },
  ): Promise<string[]> {
    const run = async (statements: string[]) => {
      for (const statement of statements) await sql.query(statement.replace(/\bt\b/, table));
    };
    await run(before);
    const config = { tableIncludeList: [`${name}\\.${table}`], topicPrefix: `${name}_${table}` };
    const spec = testSpec(servers, {
      name: `${name}_${table}`,
      config: { ...config, databaseIncludeList: [name] },
    });
    const first = startPipeline(spec);
    await until(first, ({ state }) => state === 'running');
    await run(running);
    await untilCaughtUp(first, sql);
    await first.pipeline.stop();
    if (stopped.length > 0) {
      await run(stopped);
      const second = startPipeline(spec);
      await untilCaughtUp(second, sql);
      await second.pipeline.stop();
    }
    const records = await readTopic(servers.kafka, `${name}_${table}.${name}.${table}`);
    return records.map(({ key, value }) => {
      const { op = 'tombstone', before, after } = JSON.parse(value?.toString() ?? '{}');
      const row = after ?? before ?? {};
      return [op, key?.toString() ?? '', op === 'tombstone' ? '' : Object.values(row).join(' ')]
        .join(' ')
        .trim();
    });
  }

  it('show their current rows as any other table does, nothing of the past and none of the server’s own columns', async () => {
    const records = await recordsOf('implicit', {
      before: [
        'CREATE TABLE t (id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING',
        'INSERT INTO t VALUES (100, 1)',
        'UPDATE t SET v = 2',
      ],
      running: [...CHANGES, 'ALTER TABLE t ADD COLUMN w INT AFTER id', 'INSERT INTO t VALUES (5, 6, 7)'],
      stopped: [
        'UPDATE t SET v = 8 WHERE id = 5',
        'ALTER TABLE t DROP COLUMN w',
        'DELETE FROM t WHERE id = 5',
      ],
    });
    expect(records).toEqual([
      'r {"id":100} 100 2',
      'c {"id":1} 1 1',
      'c {"id":2} 2 2',
      'u {"id":1} 1 10',
      'd {"id":1} 1 10',
      'tombstone {"id":1}',
      'c {"id":3} 3 10',
      ...('release' in options && options.release === '10.11' ? REPLACED_BEFORE_11 : ['u {"id":2} 2 20']),
      'c {"id":4} 4 4',
      'u {"id":4} 4 5',
      'd {"id":2} 2 20',
      'tombstone {"id":2}',
      'c {"id":5} 5 6 7',
      'u {"id":5} 5 6 8',
      'd {"id":5} 5 8',
      'tombstone {"id":5}',
    ]);
  });

  it('without a key delete rows by making them ones of the past', async () => {
    const records = await recordsOf('keyless', {
      before: ['CREATE TABLE t (id INT, v INT) WITH SYSTEM VERSIONING'],
      running: [
        'INSERT INTO t VALUES (1, 1), (2, 2)',
        'UPDATE t SET v = 3 WHERE id = 2',
        'DELETE FROM t WHERE id = 1',
      ],
    });
    expect(records).toEqual(['c  1 1', 'c  2 2', 'u  2 3', 'd  1 1', 'tombstone']);
  });

  it('may become so and cease to be so while they are streamed and while the pipeline is stopped', async () => {
    const records = await recordsOf('altered', {
      before: ['CREATE TABLE t (id INT PRIMARY KEY, v INT)'],
      running: [
        'INSERT INTO t VALUES (1, 1)',
        'ALTER TABLE t ADD SYSTEM VERSIONING',
        'UPDATE t SET v = 2',
        'ALTER TABLE t DROP SYSTEM VERSIONING',
        'UPDATE t SET v = 3',
        'ALTER TABLE t ADD SYSTEM VERSIONING',
      ],
      stopped: [
        'UPDATE t SET v = 4',
        'ALTER TABLE t DROP SYSTEM VERSIONING, ADD COLUMN w INT',
        'DELETE FROM t',
      ],
    });
    expect(records).toEqual(
      [
        'c {"id":1} 1 1',
        'u {"id":1} 1 2',
        'u {"id":1} 1 3',
        'u {"id":1} 1 4',
        'd {"id":1} 1 4 ',
        'tombstone {"id":1}',
      ].map((line) => line.trim()),
    );
  });

  it('with columns for the time show every version by its own key, as Debezium does', async () => {
    const records = await recordsOf('explicit', {
      before: [
        'CREATE TABLE t (id INT PRIMARY KEY, v INT, s TIMESTAMP(6) GENERATED ALWAYS AS ROW START, e TIMESTAMP(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING',
        'INSERT INTO t (id, v) VALUES (100, 1)',
        'UPDATE t SET v = 2',
      ],
      running: [
        'INSERT INTO t (id, v) VALUES (1, 1)',
        'UPDATE t SET v = 10 WHERE id = 1',
        'DELETE FROM t WHERE id = 1',
      ],
    });
    const moments = records.map((line) =>
      line.replaceAll(FOREVER, 'forever').replaceAll(/\d{4}-[\d:.T-]+Z/g, 'then'),
    );
    expect(moments).toEqual([
      'r {"id":100,"e":"forever"} 100 2 then forever',
      'c {"id":1,"e":"forever"} 1 1 then forever',
      'u {"id":1,"e":"forever"} 1 10 then forever',
      'c {"id":1,"e":"then"} 1 1 then then',
      'd {"id":1,"e":"forever"} 1 10 then forever',
      'tombstone {"id":1,"e":"forever"}',
      'c {"id":1,"e":"then"} 1 10 then then',
    ]);
  });
});
