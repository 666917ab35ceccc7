import { connectMysql } from '@sealane/binlog/session/connect';
import { readTableSchema } from '@sealane/binlog/table/read-table-schema';
import type { SourceDatabaseAddress } from '@sealane/stack/service-addresses';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSchemaDump } from '../../source/server-ddl.ts';
import type { SqlConnection } from '../../source/sql.ts';
import { parseDdl } from '../ddl/parse-ddl.ts';
import { SchemaCatalog } from './schema-catalog.ts';
import { tableSchemaOf } from './table-schema-of.ts';
import { takeDump } from './take-dump.ts';

const TYPES = [
  'INT',
  'BIGINT UNSIGNED',
  'TINYINT(1)',
  'BOOLEAN',
  'SMALLINT ZEROFILL',
  'DECIMAL(12,3)',
  'NUMERIC',
  'FLOAT(30)',
  'FLOAT(7,2)',
  'DOUBLE PRECISION',
  'REAL',
  'BIT(9)',
  'DATE',
  'TIME(2)',
  'DATETIME(6)',
  'TIMESTAMP NULL',
  'YEAR',
  'CHAR(5)',
  'NCHAR(3)',
  'VARCHAR(20) CHARACTER SET latin1',
  'VARCHAR(30) COLLATE utf8mb4_bin',
  'CHARACTER VARYING(7)',
  'TEXT',
  'TEXT CHARACTER SET latin1',
  'LONG VARCHAR',
  'BINARY(4)',
  'VARBINARY(11)',
  'CHAR(4) BYTE',
  'MEDIUMBLOB',
  "ENUM('a','b','it''s')",
  "SET('x','y') CHARACTER SET latin1",
  'JSON',
  'POINT',
  'GEOMETRYCOLLECTION',
] as const;
const NAMES = ['a', 'b', 'c', 'D', 'e f', 'g`h', 'Straße'] as const;

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const name = fc.constantFrom(...NAMES).map(quoted);
const declaration = fc
  .tuple(
    fc.constantFrom(...TYPES),
    fc.constantFrom(
      '',
      ' NOT NULL',
      ' NULL',
      ' COMMENT ", ) (\'"',
      ' INVISIBLE',
      " DEFAULT NULL COMMENT 'x'",
    ),
  )
  .map(([type, attribute]) => type + attribute);
const place = fc.oneof(
  fc.constant(''),
  fc.constant(' FIRST'),
  name.map((column) => ` AFTER ${column}`),
);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(name, declaration, place).map(([n, d, p]) => `ADD COLUMN ${n} ${d}${p}`) },
  { weight: 2, arbitrary: fc.tuple(name, declaration, place).map(([n, d, p]) => `MODIFY ${n} ${d}${p}`) },
  {
    weight: 2,
    arbitrary: fc.tuple(name, name, declaration, place).map(([o, n, d, p]) => `CHANGE ${o} ${n} ${d}${p}`),
  },
  { weight: 2, arbitrary: name.map((n) => `DROP COLUMN ${n}`) },
  { weight: 2, arbitrary: fc.tuple(name, name).map(([from, to]) => `RENAME COLUMN ${from} TO ${to}`) },
  { weight: 1, arbitrary: name.map((n) => `ADD UNIQUE KEY (${n})`) },
  { weight: 1, arbitrary: name.map((n) => `DROP PRIMARY KEY, ADD PRIMARY KEY (${n})`) },
  { weight: 1, arbitrary: name.map((n) => `DROP PRIMARY KEY, ADD PRIMARY KEY (id, ${n})`) },
  { weight: 1, arbitrary: name.map((n) => `ALTER COLUMN ${n} DROP DEFAULT`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'CONVERT TO CHARACTER SET utf8mb4',
      'CONVERT TO CHARACTER SET latin1',
      'DEFAULT CHARACTER SET utf8mb3',
      'COLLATE utf8mb4_bin',
      "COMMENT = 'it''s'",
      'ENGINE = InnoDB',
      'DROP PRIMARY KEY',
      'ADD PRIMARY KEY (id)',
      'ORDER BY id',
    ),
  },
);
const statements = fc.array(
  fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => `ALTER TABLE t ${steps.join(', ')}`),
  { minLength: 20, maxLength: 40 },
);

/** Runs the statements that the server takes, and after each compares what we follow with what the server says. */
async function follow(
  sql: SqlConnection,
  run: { flavor: 'mysql' | 'mariadb'; database: string; ddl: string[] },
) {
  const { flavor, database } = run;
  const scope = { database: (db: string) => db === database, table: (db: string) => db === database };
  const catalog = new SchemaCatalog({ tracks: (table) => table.database === database, foldsNames: false });
  await sql.query('DROP TABLE IF EXISTS t');
  await sql.query('CREATE TABLE t (id INT NOT NULL, a VARCHAR(10), PRIMARY KEY (id)) CHARACTER SET latin1');
  takeDump(await readSchemaDump(sql, scope), { catalog, flavor });
  let taken = 0;
  for (const ddl of run.ddl) {
    try {
      await sql.query(ddl);
    } catch {
      continue;
    }
    taken += 1;
    const parsed = parseDdl(ddl, { flavor, database, ansiQuotes: false, noBackslashEscapes: false });
    catalog.apply(parsed, database);
    const name = { database, table: 't' };
    const definition = catalog.find(name);
    const server = await readTableSchema(sql, name);
    expect(catalog.gap(name)?.reason, ddl).toBeUndefined();
    expect(definition === null ? null : tableSchemaOf(definition, flavor), ddl).toEqual(server);
    const anew = new SchemaCatalog({ tracks: () => true, foldsNames: false });
    takeDump(await readSchemaDump(sql, scope), { catalog: anew, flavor });
    const dumped = anew.find(name);
    expect(dumped === null ? null : tableSchemaOf(dumped, flavor), `SHOW CREATE TABLE after ${ddl}`).toEqual(
      server,
    );
  }
  return taken;
}

describe.each(['mariadb', 'mysql'] as const)('%s', (flavor) => {
  it('random ALTER TABLEs leave the schema that the server has', async () => {
    const source: SourceDatabaseAddress = (await sharedStack([flavor]))[flavor];
    const sql = await connectMysql({ host: source.host, port: source.port, ...source.admin });
    const database = uniqueName('alters');
    await sql.query(`CREATE DATABASE ${database}`);
    await sql.query(`USE ${database}`);
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(statements, async (ddl) => {
        taken += await follow(sql, { flavor, database, ddl });
      }),
      // The same statements each time: a new seed is for whoever looks for the next difference.
      { numRuns: 15, seed: 20_261_121, endOnFailure: true },
    );
    expect(taken).toBeGreaterThan(50);
    await sql.query(`DROP DATABASE ${database}`);
    await sql.end();
  });
});
