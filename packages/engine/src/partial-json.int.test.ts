import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryRows, type SqlConnection } from './source/sql.ts';
import { DOCUMENTS, type JsonUpdate, jsonUpdate, picksArbitrary } from './testing/json-updates.ts';
import {
  openTestDatabase,
  type RunningPipeline,
  readTopic,
  startPipeline,
  type TestServers,
  testSpec,
  until,
  untilCaughtUp,
} from './testing/pipeline-harness.ts';
import { writeStoredOffset } from './testing/stored-offset.ts';

let servers: TestServers;
let sql: SqlConnection;

beforeAll(async () => {
  const { mysql, kafka } = await sharedStack(['mysql', 'kafka']);
  servers = { source: mysql, kafka };
});

afterAll(() => {
  sql?.destroy();
});

interface Row {
  readonly id: number;
  readonly n: number;
  readonly a: string | null;
  readonly b: string | null;
}

/** Without the spaces that the server puts between tokens. */
function compact(text: unknown): string | null {
  if (text === null) return null;
  return String(text).replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string: string | undefined) => string ?? '');
}

/** The rows as the server itself says that they are. */
async function selectRows(): Promise<Row[]> {
  const rows = await queryRows(
    sql,
    'SELECT id, n, CAST(a AS CHAR) AS a, CAST(b AS CHAR) AS b FROM t ORDER BY id',
  );
  return rows.map((row) => ({
    id: Number(row.get('id')),
    n: Number(row.get('n')),
    a: compact(row.get('a')),
    b: compact(row.get('b')),
  }));
}

async function loggedAsDifferences(): Promise<number> {
  const [log] = await queryRows(sql, 'SHOW BINARY LOG STATUS');
  const events = await queryRows(sql, `SHOW BINLOG EVENTS IN '${String(log?.get('File'))}'`);
  return events.filter((event) => String(event.get('Event_type')) === 'Update_rows_partial').length;
}

async function resumed(spec: ReturnType<typeof testSpec>): Promise<RunningPipeline> {
  const running = startPipeline(spec);
  await until(running, ({ state, position }) => state === 'running' && position !== null);
  return running;
}

/** Characters of a row's documents above which they are written anew: both images must fit into one record. */
const LARGE_ROW = 300_000;

function nextUpdate(rows: readonly Row[], index: number, picks: readonly number[]): JsonUpdate {
  const large = rows.find(({ a, b }) => (a?.length ?? 0) + (b?.length ?? 0) > LARGE_ROW);
  if (large !== undefined) {
    const parameters = [DOCUMENTS[index % DOCUMENTS.length], DOCUMENTS[0]];
    return { set: 'n = n + 1, a = ?, b = ?', parameters, where: `id = ${large.id}` };
  }
  return jsonUpdate(picks, JSON.parse(rows[index % 4]?.a ?? '{}'));
}

interface Change {
  readonly op: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

async function changesOf(name: string): Promise<Change[]> {
  const records = await readTopic(servers.kafka, `${name}.${name}.t`);
  return records.flatMap(({ value }) => (value === null ? [] : [JSON.parse(value.toString()) as Change]));
}

async function create(name: string): Promise<void> {
  sql?.destroy();
  sql = await openTestDatabase(servers.source, name);
  await sql.query('CREATE TABLE t (id INT PRIMARY KEY, n INT, a JSON, note TEXT, b JSON)');
}

describe('JSON that the binlog has as differences', () => {
  it('is the document that the server has, whatever an update does to it, and whenever the stream is stopped', async () => {
    const name = uniqueName('partial');
    await create(name);
    const spec = testSpec(servers, { name, config: { columnExcludeList: ['.*\\.note'] } });
    let running = await resumed(spec);
    for (const [index, document] of DOCUMENTS.entries()) {
      await sql.query("INSERT INTO t VALUES (?, 0, ?, 'note', ?)", [index + 1, document, DOCUMENTS[0]]);
    }
    await sql.query("SET SESSION binlog_row_value_options = 'PARTIAL_JSON'");
    const expected = new Map<number, Row[]>();
    let rows = await selectRows();
    for (const row of rows) expected.set(row.id, [row]);
    const seed = Math.floor(Math.random() * 2 ** 31);
    const updates = fc.sample(picksArbitrary, { numRuns: 240, seed });
    for (const [index, picks] of updates.entries()) {
      if (index === 80) await running.pipeline.stop();
      if (index === 120) running = await resumed(spec);
      if (index === 160) await sql.query('SET SESSION binlog_transaction_compression = ON');
      if (index === 200) await sql.query("SET SESSION binlog_row_image = 'NOBLOB'");
      const { set, parameters, where } = nextUpdate(rows, index, picks);
      await sql.query(`UPDATE t SET ${set} WHERE ${where}`, [...parameters]);
      const next = await selectRows();
      for (const row of next) {
        if (row.n !== rows.find(({ id }) => id === row.id)?.n) expected.get(row.id)?.push(row);
      }
      rows = next;
    }
    await untilCaughtUp(running, sql);
    await running.pipeline.stop();
    expect(await loggedAsDifferences()).toBeGreaterThan(80);
    const changes = await changesOf(name);
    for (const [id, states] of expected) {
      const own = changes.filter(({ before, after }) => (after ?? before)?.id === id);
      expect(
        own.map(({ after }) => after),
        `seed ${seed}`,
      ).toEqual(states);
      expect(
        own.map(({ before }) => before),
        `seed ${seed}`,
      ).toEqual([null, ...states.slice(0, -1)]);
    }
  });

  it('goes on in the middle of an event at the very row where it was stopped', async () => {
    const name = uniqueName('partial');
    await create(name);
    const spec = testSpec(servers, { name });
    const first = await resumed(spec);
    const values = Array.from({ length: 100 }, (_, i) => [i, 0, DOCUMENTS[0], 'note', null]);
    await sql.query('INSERT INTO t VALUES ?', [values]);
    await sql.query("SET SESSION binlog_row_value_options = 'PARTIAL_JSON'");
    const [start] = await queryRows(sql, 'SHOW BINARY LOG STATUS');
    await sql.query("UPDATE t SET a = JSON_SET(a, '$.a.new', id)");
    await untilCaughtUp(first, sql);
    await first.pipeline.stop();
    const file = String(start?.get('File'));
    const pos = Number(start?.get('Position'));
    // BEGIN, the table map and one event of rows were delivered, and so many rows of the next.
    for (const row of [0, 5]) {
      await writeStoredOffset(spec, { file, pos, event: 3, row });
      const again = await resumed(spec);
      await untilCaughtUp(again, sql);
      await again.pipeline.stop();
    }
    const updates = (await changesOf(name)).filter(({ op }) => op === 'u');
    const ids = updates.map(({ after }) => after?.id ?? -1);
    const all = values.map(([id]) => Number(id));
    const inFirstEvent = ids[all.length] ?? 0;
    expect(inFirstEvent).toBeGreaterThan(0);
    expect(ids).toEqual([...all, ...all.slice(inFirstEvent), ...all.slice(inFirstEvent + 5)]);
    for (const { before, after } of updates) {
      expect(JSON.parse(before?.a ?? '')).not.toHaveProperty('a.new');
      expect(JSON.parse(after?.a ?? '')).toHaveProperty('a.new', after?.id);
    }
  });

  it('is found among many JSON columns, generated ones and hidden ones of an index', async () => {
    const name = uniqueName('partial');
    await create(name);
    const more = Array.from({ length: 9 }, (_, i) => `ADD COLUMN j${i} JSON`).join(', ');
    await sql.query(
      `ALTER TABLE t ${more}, ADD COLUMN made JSON AS (a->'$.a') VIRTUAL, ADD COLUMN kept JSON AS (JSON_ARRAY(n, b)) STORED,
         ADD INDEX ((CAST(j8->'$.tags' AS UNSIGNED ARRAY)))`,
    );
    const running = await resumed(testSpec(servers, { name }));
    const document = JSON.stringify({ pad: 'p'.repeat(500), a: [1, 2], tags: [1, 2, 3] });
    await sql.query(
      'INSERT INTO t (id, n, a, b, j0, j7, j8) VALUES (1, 1, ?, ?, ?, ?, ?), (2, 1, ?, NULL, ?, ?, ?)',
      [...Array.from({ length: 9 }, () => document)],
    );
    await sql.query("SET SESSION binlog_row_value_options = 'PARTIAL_JSON'");
    const statements = [
      "UPDATE t SET a = JSON_SET(a, '$.a[0]', 7), j8 = JSON_REMOVE(j8, '$.tags[last]'), j7 = JSON_SET(j7, '$.x', id)",
      "UPDATE t SET b = JSON_SET(b, '$.a', NULL), j8 = JSON_SET(j8, '$.tags[1]', 9)",
      'UPDATE t SET n = n + 1',
      "UPDATE t SET a = NULL, b = JSON_SET(b, '$.z', 1), j0 = JSON_SET(j0, '$.z', 1)",
      "UPDATE t SET a = j0, j0 = JSON_SET(JSON_SET(j0, '$.y', 1), '$.y', '2'), n = n + 1",
      "UPDATE t SET id = id + 10, a = JSON_SET(a, '$.a[1]', JSON_ARRAY()) ORDER BY id DESC",
      "INSERT INTO t (id) VALUES (11) ON DUPLICATE KEY UPDATE a = JSON_SET(a, '$.a', 3), n = n + 1",
    ];
    for (const statement of statements) {
      await sql.query(statement);
      await untilCaughtUp(running, sql);
      const changes = await changesOf(name);
      const latest = new Map(changes.map(({ before, after }) => [(after ?? before)?.id, after]));
      const columns = ['a', 'b', 'made', 'kept', ...Array.from({ length: 9 }, (_, i) => `j${i}`)];
      const list = columns.map((column) => `CAST(${column} AS CHAR) AS ${column}`).join(', ');
      for (const row of await queryRows(sql, `SELECT id, n, ${list} FROM t`)) {
        const texts = columns.map((column) => [column, compact(row.get(column))]);
        const wanted = { id: row.get('id'), n: row.get('n'), ...Object.fromEntries(texts) };
        expect(latest.get(Number(row.get('id'))), statement).toMatchObject(wanted);
      }
    }
    await running.pipeline.stop();
    expect(await loggedAsDifferences()).toBeGreaterThan(3);
  });
});
