/**
 * Writes the binlog captures under `fixtures/` that the fuzzer mutates, from real servers that it starts for itself:
 * `node --import tsx packages/binlog/src/testing/write-fixtures.ts`, all of them or those whose names are given.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '@sealane/stack/start-stack';
import type { Connection } from 'mysql2/promise';
import { EventType } from '../events/event-type.ts';
import { connectMysql, mysqlConfig } from '../session/connect.ts';
import type { ConnectionOptions } from '../session/session-options.ts';
import { startDump } from '../session/zongji-dump.ts';
import { partialJsonScript } from './partial-json-script.ts';
import {
  COMMON_COLUMNS,
  MARIADB_COLUMNS,
  MYSQL_COLUMNS,
  type RandomColumn,
  randomRows,
} from './random-rows.ts';

const ROWS = 6;
const MAGIC = Buffer.from('fe62696e', 'hex');
const FIXTURES = new URL('../../fixtures/', import.meta.url);

const JSON_DOCUMENTS = [
  '{"a":{"b":[1,-2,3.5,true,false,null,"ü\\\\"x"]},"c":18446744073709551615}',
  '[[[[[[[[{"deep":[{}]}]]]]]]]]',
  `{${Array.from({ length: 40 }, (_, i) => `"key${i}":${i * 1000}`).join(',')}}`,
  `["${'x'.repeat(300)}",-32769,65536,-9223372036854775808,1e300]`,
];

/** One table of every type: inserted, updated, deleted. */
async function everyType(
  connection: Connection,
  table: string,
  columns: readonly RandomColumn[],
): Promise<void> {
  const list = columns.map((column) => `${column.name} ${column.declaration}`).join(', ');
  await connection.query(`CREATE TABLE ${table} (id int PRIMARY KEY, ${list})`);
  const rows = randomRows(columns, { count: ROWS, seed: 20 });
  for (const [i, row] of rows.entries())
    await connection.query(`INSERT INTO ${table} VALUES (${[i + 1, ...row].join(',')})`);
  await connection.query(`UPDATE ${table} SET id = id + 100 WHERE id < 4`);
  await connection.query(`DELETE FROM ${table} WHERE id > 100`);
}

/** Documents of binary JSON on MySQL, of text on MariaDB; a wide table, and keys of several columns. */
async function shapes(connection: Connection): Promise<void> {
  await connection.query('CREATE TABLE docs (id int PRIMARY KEY, doc json, doc2 json)');
  for (const [i, document] of JSON_DOCUMENTS.entries())
    await connection.query(`INSERT INTO docs VALUES (${i}, '${document}', '${document}')`);
  const wide = Array.from({ length: 270 }, (_, i) => `c${i} tinyint`).join(', ');
  await connection.query(`CREATE TABLE wide (${wide}, PRIMARY KEY (c3, c1))`);
  await connection.query('INSERT INTO wide (c3, c1, c9) VALUES (1, 2, 3), (1, 3, NULL)');
  await connection.query(
    'CREATE TABLE keyed (a varchar(20), b datetime(6), c text, PRIMARY KEY (c(5), b, a))',
  );
  await connection.query("INSERT INTO keyed VALUES ('x', '2024-02-29 01:02:03.456789', 'long text')");
}

async function transactions(connection: Connection): Promise<void> {
  await connection.query('XA START "branch"');
  await connection.query("INSERT INTO docs VALUES (50, '[]', NULL)");
  await connection.query('XA END "branch"');
  await connection.query('XA PREPARE "branch"');
  await connection.query('XA COMMIT "branch"');
  await connection.query('BEGIN');
  await connection.query("INSERT INTO docs VALUES (51, '{}', NULL)");
  await connection.query('SAVEPOINT s');
  await connection.query("INSERT INTO docs VALUES (52, '1', NULL)");
  await connection.query('COMMIT');
}

async function mariadbScript(connection: Connection): Promise<void> {
  const columns = [...COMMON_COLUMNS, ...MARIADB_COLUMNS];
  await everyType(connection, 'types_full', columns);
  await shapes(connection);
  await transactions(connection);
  await connection.query('SET GLOBAL binlog_row_metadata = MINIMAL');
  await everyType(connection, 'types_minimal', columns);
  await connection.query('SET GLOBAL binlog_row_metadata = FULL');
  await connection.query('SET GLOBAL log_bin_compress = ON, GLOBAL log_bin_compress_min_len = 10');
  await connection.query('TRUNCATE TABLE types_full');
  await connection.query('DROP TABLE types_full');
  await everyType(connection, 'types_compressed', columns);
}

async function mysqlScript(connection: Connection): Promise<void> {
  const columns = [...COMMON_COLUMNS, ...MYSQL_COLUMNS];
  await connection.query('SET binlog_rows_query_log_events = ON');
  await everyType(connection, 'types_full', columns);
  await shapes(connection);
  await transactions(connection);
  await connection.query("SET binlog_row_value_options = 'PARTIAL_JSON'");
  await connection.query("UPDATE docs SET doc = JSON_SET(doc, '$.key1', 7) WHERE id = 2");
  await connection.query("SET binlog_row_value_options = '', gtid_next = 'AUTOMATIC:tag'");
  await connection.query('INSERT INTO docs VALUES (60, \'{"a":1}\', NULL)');
  await connection.query("SET gtid_next = 'AUTOMATIC'");
  await connection.query('SET GLOBAL binlog_row_metadata = MINIMAL');
  await everyType(connection, 'types_minimal', columns);
  await connection.query('SET GLOBAL binlog_row_metadata = FULL');
  await connection.query('SET binlog_transaction_compression = ON');
  await connection.query('TRUNCATE TABLE types_full');
  await everyType(connection, 'types_compressed', columns);
}

/** Runs the script between two switches of the binlog file and writes what the server sends of the file between them. */
async function writeFixture(
  target: ConnectionOptions,
  options: { flavor: 'mysql' | 'mariadb'; name: string; script: (connection: Connection) => Promise<void> },
): Promise<void> {
  const connection = await connectMysql(target);
  await connection.query('DROP DATABASE IF EXISTS fuzz');
  await connection.query('CREATE DATABASE fuzz');
  await connection.query('USE fuzz');
  await connection.query("SET SESSION sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'");
  await connection.query('FLUSH BINARY LOGS');
  const [logs] = await connection.query('SHOW BINARY LOGS');
  const file = (logs as { Log_name: string }[]).at(-1)?.Log_name ?? '';
  await options.script(connection);
  await connection.query('FLUSH BINARY LOGS');
  await connection.end();
  const events = await dumpFile(target, { file, flavor: options.flavor });
  await writeFile(new URL(options.name, FIXTURES), Buffer.concat([MAGIC, ...events]));
}

/** Every event of a binlog file, checksum included, up to the ROTATE that ends it. */
function dumpFile(
  target: ConnectionOptions,
  { file, flavor }: { file: string; flavor: 'mysql' | 'mariadb' },
): Promise<Buffer[]> {
  const events: Buffer[] = [];
  return new Promise((resolve, reject) => {
    const dump = startDump(
      {
        mysql: mysqlConfig(target),
        serverId: 4242,
        start: { kind: 'file', file, position: 4 },
        heartbeatMs: 1000,
        annotateRows: true,
        flavor,
      },
      {
        onReady: () => undefined,
        onEvent: (bytes, start, end) => {
          const isArtificial = bytes.readUInt32LE(start + 13) === 0 && bytes.readUInt32LE(start) === 0;
          if (!isArtificial) events.push(Buffer.from(bytes.subarray(start, end)));
          const isEnd = !isArtificial && bytes[start + 4] === EventType.ROTATE;
          if (isEnd) void dump.stop().then(() => resolve(events));
        },
        onError: reject,
        onEnd: () => reject(new Error('the server ended the dump')),
      },
    );
  });
}

const FIXTURE_FILES = [
  { flavor: 'mariadb', name: 'mariadb-11.4-events.binlog', script: mariadbScript },
  { flavor: 'mysql', name: 'mysql-9.7-events.binlog', script: mysqlScript },
  { flavor: 'mysql', name: 'mysql-9.7-partial-json.binlog', script: partialJsonScript },
] as const;

const asked = process.argv.slice(2);
const dataDir = await mkdtemp(join(tmpdir(), 'sealane-fixtures-'));
const stack = await startStack({ services: ['mariadb', 'mysql'], dataDir });
try {
  for (const fixture of FIXTURE_FILES) {
    if (asked.length > 0 && !asked.includes(fixture.name)) continue;
    const { host, port, admin } = stack.services[fixture.flavor].address;
    await writeFixture({ host, port, user: admin.user, password: admin.password }, fixture);
  }
} finally {
  await stack.stop();
  await rm(dataDir, { recursive: true, force: true });
}
