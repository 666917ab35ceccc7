import { readFileSync } from 'node:fs';
import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import { describe, expect, it } from 'vitest';
import { SchemaCatalog } from '../catalog/schema-catalog.ts';
import { historyTableChange } from '../history/table-change-json.ts';
import { digestChange, type RecordDigest, type TableChangeJson } from '../testing/digest.ts';
import { parseDdl } from './parse-ddl.ts';

const fixture = (name: string): string[] =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');

/**
 * A statement that runs alone, in database `shop`, after the tables of prelude.sql. Where `debezium` is absent, the parsers
 * of Debezium 3.5 make the same records of it; else it says what they make of it, and the servers prove them wrong.
 */
interface StatementCase {
  readonly servers: readonly ServerFlavor[];
  readonly sql: string;
  /** The records that have tables or databases; REFUSED: the parser says that it cannot tell. */
  readonly records: readonly RecordDigest[] | 'REFUSED';
  readonly debezium?: readonly RecordDigest[] | 'refused';
}

const cases = fixture('statements.jsonl').map((line) => JSON.parse(line) as StatementCase);

function read(sql: string, flavor: ServerFlavor) {
  return parseDdl(sql, { flavor, database: 'shop', ansiQuotes: false, noBackslashEscapes: false });
}

function records(sql: string, flavor: ServerFlavor): RecordDigest[] | 'REFUSED' {
  const catalog = new SchemaCatalog({ tracks: () => true, foldsNames: false });
  catalog.serverCharset = 'utf8mb4';
  for (const statement of fixture('prelude.sql')) catalog.apply(read(statement, flavor), 'shop');
  const parsed = read(sql, flavor);
  if (parsed.statement.kind === 'refused') return 'REFUSED';
  return catalog
    .apply(parsed, 'shop')
    .filter(({ changes, tables }) => changes.length > 0 || tables === null)
    .map(({ database, ddl, changes }) => ({
      database,
      ddl,
      changes: changes.map((change) => {
        const json = JSON.stringify(historyTableChange(change, { comments: true }));
        return digestChange(JSON.parse(json) as TableChangeJson);
      }),
    }));
}

describe('a statement of either server makes the records that Debezium makes of it', () => {
  for (const { servers, sql, records: expected, debezium } of cases) {
    for (const flavor of servers) {
      const differs = debezium === undefined ? '' : ' (not as Debezium)';
      it(`${flavor}: ${sql}${differs}`, () => {
        expect(records(sql, flavor)).toEqual(expected);
      });
    }
  }
});

describe('a statement that is not understood', () => {
  const refused = (sql: string) => {
    const { statement } = read(sql, 'mysql');
    return statement.kind === 'refused' ? statement : null;
  };

  it('names the table it is about', () => {
    expect(refused('ALTER TABLE other.t FROBNICATE COLUMN a')).toMatchObject({
      tables: [{ database: 'other', table: 't' }],
      reason: 'Expected a change of the table, found “FROBNICATE”.',
    });
    expect(refused('CREATE TABLE n (a FANCYTYPE)')?.tables).toEqual([{ database: 'shop', table: 'n' }]);
  });

  it('may be about anything where its text is broken', () => {
    expect(refused("ALTER TABLE t COMMENT 'open")).toMatchObject({ tables: [] });
  });

  it('leaves a gap in the catalog instead of a wrong schema', () => {
    const catalog = new SchemaCatalog({ tracks: () => true, foldsNames: false });
    const name = { database: 'shop', table: 't' };
    catalog.apply(read('CREATE TABLE t (a INT)', 'mysql'), 'shop');
    catalog.apply(read('ALTER TABLE t FROBNICATE', 'mysql'), 'shop');
    expect(catalog.find(name)).toBeNull();
    expect(catalog.gap(name)?.sql).toBe('ALTER TABLE t FROBNICATE');
    catalog.apply(read('ALTER TABLE t ADD COLUMN b INT', 'mysql'), 'shop');
    expect(catalog.find(name)).toBeNull();
  });

  it('is not what ANSI_QUOTES makes of double quotes', () => {
    const rules = { flavor: 'mysql', database: 'shop', noBackslashEscapes: false } as const;
    const sql = 'ALTER TABLE "t" ADD COLUMN "a b" INT';
    expect(parseDdl(sql, { ...rules, ansiQuotes: false }).statement.kind).toBe('refused');
    expect(parseDdl(sql, { ...rules, ansiQuotes: true }).statement).toMatchObject({
      kind: 'alter-table',
      steps: [{ step: 'add', column: { name: 'a b' } }],
    });
  });
});

describe('a TRUNCATE names its table', () => {
  it.each([
    ['TRUNCATE TABLE orders', 'shop', 'orders'],
    ['truncate orders', 'shop', 'orders'],
    ['TRUNCATE /* all */ TABLE `a``b` . `c.d`', 'a`b', 'c.d'],
    ['-- gone\nTRUNCATE sales.orders WAIT 5', 'sales', 'orders'],
  ])('%s', (sql, database, table) => {
    expect(read(sql, 'mariadb').statement).toEqual({ kind: 'truncate', name: { database, table } });
  });

  it('under ANSI_QUOTES too', () => {
    const context = {
      flavor: 'mysql',
      database: 'shop',
      ansiQuotes: true,
      noBackslashEscapes: false,
    } as const;
    expect(parseDdl('TRUNCATE TABLE "my ""orders"""', context).statement).toEqual({
      kind: 'truncate',
      name: { database: 'shop', table: 'my "orders"' },
    });
  });
});
