import type { Connection } from 'mysql2/promise';

const PAD = 'x'.repeat(120);

/** Two documents and what stands around them; the pad makes differences worth their bytes. */
const DOCUMENTS = [
  `{"pad": "${PAD}", "a": {"b": [1, -2, 3.5, true, null, "ü"], "": {"x y": 1}}, "big": 18446744073709551615}`,
  `["${PAD}", [[[1, 2, 3]]], {"k": {"k": {"k": []}}}, -9223372036854775808, 1e300]`,
  `{${Array.from({ length: 60 }, (_, i) => `"key${i}": [${i}, "${i}"]`).join(', ')}}`,
];

const CHANGES = [
  'a = JSON_SET(a, "$.a.b[1]", 70000, "$.a.new", JSON_OBJECT("q\\"uote", 1))',
  'a = JSON_REPLACE(a, "$.a.b[last]", "ü2", "$.big", CAST("12.50" AS DECIMAL(10, 2)))',
  'a = JSON_REMOVE(a, "$.a.b[0]", "$.a.\\"\\".\\"x y\\""), n = n + 1',
  'b = JSON_SET(b, "$[1][0][0][9]", CAST("2024-02-29 01:02:03.5" AS DATETIME(6)), "$[last]", TRUE)',
  'b = JSON_SET(b, "$[2].k.k.ü", JSON_ARRAY()), a = JSON_REMOVE(a, "$.a")',
  'a = JSON_SET(a, "$.pad", "short"), b = "[]"',
];

/** Updates that a server logs as differences where it can, on tables with one and with several JSON columns. */
export async function partialJsonScript(connection: Connection): Promise<void> {
  await connection.query(
    'CREATE TABLE parts (id int PRIMARY KEY, a json, n int, t text, b json, c json, d date)',
  );
  await connection.query('CREATE TABLE one (id int PRIMARY KEY, a json)');
  const more = Array.from({ length: 8 }, (_, i) => `j${i} json`).join(', ');
  await connection.query(
    `CREATE TABLE many (id int PRIMARY KEY, made json AS (j0->'$.key1') VIRTUAL, ${more}, INDEX ((CAST(j7->'$.key2[0]' AS UNSIGNED ARRAY))))`,
  );
  await connection.query('INSERT INTO many (id, j0, j7) VALUES (1, ?, ?)', [DOCUMENTS[2], DOCUMENTS[2]]);
  for (const [i, a] of DOCUMENTS.entries()) {
    const b = DOCUMENTS[1];
    await connection.query('INSERT INTO parts VALUES (?, ?, 0, ?, ?, NULL, "2024-02-29")', [i, a, PAD, b]);
    await connection.query('INSERT INTO one VALUES (?, ?)', [i, a]);
  }
  await connection.query("SET binlog_row_value_options = 'PARTIAL_JSON'");
  for (const change of CHANGES) await connection.query(`UPDATE parts SET ${change}`);
  await connection.query('UPDATE one SET a = JSON_SET(a, "$.key7[1]", "seven", "$[1][0]", 1)');
  await connection.query('UPDATE one SET a = JSON_SET(a, "$.key7", 8) WHERE id = 2');
  await connection.query('UPDATE many SET j0 = JSON_SET(j0, "$.key1", 8), j7 = JSON_SET(j7, "$.key2[0]", 8)');
  for (const image of ['NOBLOB', 'MINIMAL']) {
    await connection.query(`SET binlog_row_image = '${image}'`);
    await connection.query('UPDATE parts SET c = ?', [DOCUMENTS[0]]);
    await connection.query('UPDATE parts SET c = JSON_SET(c, "$.big", 1)');
  }
}
