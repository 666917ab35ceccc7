import { connectMysql } from '@sealane/binlog/session/connect';
import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { beforeAll, describe, expect, it } from 'vitest';
import { queryRows, type SqlConnection } from './source/sql.ts';
import { captureBothWays } from './testing/both-ways.ts';
import type { TestServers } from './testing/pipeline-harness.ts';

const hex = (value: number, bytes: number): string => value.toString(16).padStart(bytes * 2, '0');

/** Every sequence of one and of two bytes, of three after 8F, and every code point but surrogates as UTF-32. */
function* sequences(): Generator<string> {
  for (let one = 0; one < 0x100; one++) yield hex(one, 1);
  for (let two = 0; two < 0x10000; two++) yield hex(two, 2);
  for (let row = 0xa1; row < 0xff; row++)
    for (let cell = 0xa1; cell < 0xff; cell++) yield `8f${hex(row, 1)}${hex(cell, 1)}`;
}

/** Beyond the plane that most charsets are confined to, every 61st. */
function* codePoints(): Generator<string> {
  for (let point = 0; point < 0x10000; point++) if (point < 0xd800 || point > 0xdfff) yield hex(point, 4);
  for (let point = 0x10000; point < 0x110000; point += 61) yield hex(point, 4);
}

const BATCH = 20_000;

async function fill(sql: SqlConnection, table: string, values: Iterable<string>): Promise<void> {
  await sql.query(`CREATE TABLE all_bytes.${table} (v VARBINARY(4) NOT NULL)`);
  let batch: string[] = [];
  const flush = async () => {
    if (batch.length > 0) await sql.query(`INSERT INTO all_bytes.${table} VALUES ${batch.join(',')}`);
    batch = [];
  };
  for (const value of values) if (batch.push(`(x'${value}')`) === BATCH) await flush();
  await flush();
}

describe.each<ServerFlavor>(['mariadb', 'mysql'])('every character set of %s', (flavor) => {
  let servers: TestServers;
  let charsets: string[] = [];

  beforeAll(async () => {
    const stack = await sharedStack([flavor, 'kafka']);
    servers = { source: stack[flavor], kafka: stack.kafka };
    const { host, port, admin } = servers.source;
    const sql = await connectMysql({ host, port, ...admin });
    await sql.query('DROP DATABASE IF EXISTS all_bytes');
    await sql.query('CREATE DATABASE all_bytes');
    await fill(sql, 'sequences', sequences());
    await fill(sql, 'points', codePoints());
    const rows = await queryRows(
      sql,
      "SELECT CHARACTER_SET_NAME AS name FROM information_schema.CHARACTER_SETS WHERE CHARACTER_SET_NAME <> 'binary' ORDER BY 1",
    );
    charsets = rows.map((row) => String(row.get('name')));
    await sql.end();
  }, 120_000);

  it('has all its characters in stream and snapshot, as the server converts them', async () => {
    expect(charsets.length).toBeGreaterThan(38);
    const expected = new Map<number, string>();
    const { streamed, copied } = await captureBothWays(servers, {
      name: uniqueName('charset'),
      table: `CREATE TABLE t (id INT PRIMARY KEY, ${charsets.map((name) => `${name} LONGTEXT CHARACTER SET ${name}`).join(', ')})`,
      write: async (sql) => {
        await sql.query('SET SESSION group_concat_max_len = 1000000000');
        for (const [id, name] of charsets.entries()) {
          const from = isUnicode(name)
            ? `(SELECT CONVERT(CONVERT(v USING utf32) USING ${name}) AS c FROM all_bytes.points) AS p`
            : `(SELECT CONVERT(v USING ${name}) AS c, v FROM all_bytes.sequences) AS p WHERE HEX(c) = HEX(v) AND CHAR_LENGTH(c) = 1`;
          await sql.query(
            `INSERT INTO t (id, ${name}) SELECT ${id}, CONVERT(UNHEX(GROUP_CONCAT(HEX(c) ORDER BY HEX(c) SEPARATOR '')) USING ${name}) FROM ${from}`,
          );
        }
      },
      read: async (sql) => {
        for (const [id, name] of charsets.entries()) {
          const rows = await queryRows(
            sql,
            `SELECT HEX(CONVERT(${name} USING utf8mb4)) AS text FROM t WHERE id = ${id}`,
          );
          expected.set(id, Buffer.from(String(rows[0]?.get('text')), 'hex').toString('utf8'));
        }
      },
    });
    for (const [id, name] of charsets.entries()) {
      const text = expected.get(id) ?? '';
      expect(text.length, name).toBeGreaterThan(120);
      expect(firstDifference(textOf(streamed, id, name), text), `${name} streamed`).toBeNull();
      expect(firstDifference(textOf(copied, id, name), text), `${name} copied`).toBeNull();
    }
  }, 180_000);

  it('has labels of ENUM and SET as the server shows them', async () => {
    const odd = ['latin2', 'greek', 'cp1251', 'sjis', 'gbk', 'tis620', 'keybcs2', 'swe7', 'utf16'];
    const sample = ['é', 'ά', 'ж', 'ア', '国', 'ก', 'č', 'å', '𝄞'];
    const { streamed, copied } = await captureBothWays(servers, {
      name: uniqueName('labels'),
      table: `CREATE TABLE t (id INT PRIMARY KEY, ${odd
        .map(
          (name, i) =>
            `e${i} ENUM('x','${sample[i]}') CHARACTER SET ${name}, s${i} SET('${sample[i]}','y') CHARACTER SET ${name}`,
        )
        .join(', ')})`,
      rows: [`(1, ${sample.map((text) => `'${text}', '${text},y'`).join(', ')})`],
    });
    const row = Object.fromEntries(
      sample.flatMap((text, i) => [
        [`e${i}`, text],
        [`s${i}`, `${text},y`],
      ]),
    );
    expect(streamed[0]?.after).toEqual({ id: 1, ...row });
    expect(copied[0]?.after).toEqual({ id: 1, ...row });
  });
});

function isUnicode(charset: string): boolean {
  return charset.startsWith('utf') || charset === 'ucs2' || charset === 'gb18030';
}

function textOf(
  rows: readonly { after: Record<string, unknown> | null }[],
  id: number,
  column: string,
): string {
  return String(rows.find(({ after }) => after?.id === id)?.after?.[column]);
}

/** Two long texts, as what a person can read; null: they are the same. */
function firstDifference(actual: string, wanted: string): string | null {
  if (actual === wanted) return null;
  const [one, other] = [[...actual], [...wanted]];
  const at = other.findIndex((character, i) => character !== one[i]);
  return `${one.length}/${other.length} characters; at ${at} ${one.slice(at, at + 8).join(' ')} for ${other.slice(at, at + 8).join(' ')}`;
}
