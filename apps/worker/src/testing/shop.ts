/** A source database with one table, and what its topic must say in the end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readMessages } from '@sealane/kafka/reader/read-messages';
import { openKafkaSession } from '@sealane/kafka/session/kafka-session';
import type { SourceDatabaseAddress } from '@sealane/stack/service-addresses';
import { uniqueName } from '@sealane/stack/testing/shared-stack';
import { createConnection, createPool, type Pool, type RowDataPacket } from 'mysql2/promise';

export interface Shop {
  database: string;
  /** `database\.orders`: what a table list takes. */
  tablePattern: string;
  pool: Pool;
  /** Inserts rows in transactions of 20, updating and deleting some, until the signal; returns the rows written. */
  trade(signal: AbortSignal): Promise<number>;
  insert(rows: number): Promise<void>;
  /** Rows now: id → value. */
  rows(): Promise<Map<string, string>>;
  close(): Promise<void>;
}

export async function createShop(mariadb: SourceDatabaseAddress): Promise<Shop> {
  const database = uniqueName('shop');
  const { host, port, admin } = mariadb;
  const login = { host, port, ...admin, multipleStatements: true };
  const first = await createConnection(login);
  await first.query(`CREATE DATABASE ${database}`);
  await first.end();
  const pool = createPool({ ...login, database, connectionLimit: 4 });
  await pool.query(
    `CREATE TABLE ${database}.orders (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, value INT NOT NULL, note VARCHAR(200) NOT NULL)`,
  );
  const table = `${database}.orders`;
  const insert = async (rows: number): Promise<void> => {
    const values = Array.from({ length: rows }, (_, i) => `(${i}, REPEAT('x', 100))`).join(',');
    await pool.query(`INSERT INTO ${table} (value, note) VALUES ${values}`);
  };
  return {
    database,
    tablePattern: `${database}\\.orders`,
    pool,
    insert,
    async trade(signal) {
      let written = 0;
      while (!signal.aborted) {
        await pool.query(`BEGIN; INSERT INTO ${table} (value, note) SELECT seq, REPEAT('n', 100) FROM seq_1_to_20;
          UPDATE ${table} SET value = value + 1000 ORDER BY id DESC LIMIT 5;
          DELETE FROM ${table} WHERE id % 7 = 0 ORDER BY id DESC LIMIT 2; COMMIT`);
        written += 27;
        await sleep(2);
      }
      return written;
    },
    async rows() {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT CAST(id AS CHAR) AS id, CAST(value AS CHAR) AS value FROM ${table}`,
      );
      return new Map(rows.map((row) => [String(row.id), String(row.value)]));
    },
    async close() {
      await pool.query(`DROP DATABASE ${database}`);
      await pool.end();
    },
  };
}

/** What the topic's last message per key says: id → value, deleted rows left out; and how many messages there are. */
export async function topicRows(
  brokers: string[],
  topic: string,
): Promise<{ rows: Map<string, string>; messages: number }> {
  const session = await openKafkaSession({ brokers });
  const rows = new Map<string, string>();
  let messages = 0;
  try {
    for await (const event of readMessages({ session, topic, from: { at: 'oldest' }, limit: 100_000_000 })) {
      if (event.tag !== 'messages') continue;
      for (const message of event.messages) {
        messages += 1;
        const id = /"id":(\d+)/.exec(message.key?.toString() ?? '')?.[1] ?? '';
        const value = /"after":\{"id":\d+,"value":(-?\d+)/.exec(message.value?.toString() ?? '')?.[1];
        if (value === undefined) rows.delete(id);
        else rows.set(id, value);
      }
    }
  } finally {
    await session.close();
  }
  return { rows, messages };
}

/** Waits until the topic says what the table says and returns both; after the time limit, what they say then. */
export async function settled(
  shop: Shop,
  { brokers, topic, timeoutMs = 60_000 }: { brokers: string[]; topic: string; timeoutMs?: number },
): Promise<{ table: Map<string, string>; topic: Map<string, string>; messages: number }> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const table = await shop.rows();
    const { rows, messages } = await topicRows(brokers, topic).catch(notThereYet);
    if (same(table, rows) || performance.now() > deadline) return { table, topic: rows, messages };
    await sleep(300);
  }
}

/** A topic is made with its first record. */
function notThereYet(error: unknown): { rows: Map<string, string>; messages: number } {
  if (error instanceof Error && /topic|partition/i.test(error.message))
    return { rows: new Map(), messages: 0 };
  throw error;
}

function same(a: Map<string, string>, b: Map<string, string>): boolean {
  return a.size === b.size && [...a].every(([id, value]) => b.get(id) === value);
}
