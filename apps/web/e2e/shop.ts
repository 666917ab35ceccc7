import mysql, { type Connection } from 'mysql2/promise';
import type { E2eEnv } from './env.ts';

/** A small database of our own on the source server. */
export interface Shop {
  database: string;
  insertOrder: (note: string) => Promise<number>;
  changeNote: (id: number, note: string) => Promise<void>;
  /** Runs a statement in the shop's database. */
  run: (statement: string) => Promise<void>;
  drop: () => Promise<void>;
}

async function create(connection: Connection, database: string): Promise<void> {
  await connection.query(`CREATE DATABASE ${database}`);
  await connection.query(
    `CREATE TABLE ${database}.orders (
       id BIGINT UNSIGNED PRIMARY KEY AUTO_INCREMENT,
       customer VARCHAR(80) NOT NULL,
       note VARCHAR(200) NULL,
       total DECIMAL(20,2) NOT NULL
     )`,
  );
  await connection.query(`CREATE TABLE ${database}.customers (id INT PRIMARY KEY, name VARCHAR(80))`);
}

/** Creates the shop; its name is unique, so that runs do not meet. */
export async function openShop(services: NonNullable<E2eEnv['services']>): Promise<Shop> {
  const { host, port, user, password } = services;
  const connection = await mysql.createConnection({ host, port, user, password });
  const database = `e2e_${Date.now().toString(36)}`;
  await create(connection, database);
  return {
    database,
    insertOrder: async (note) => {
      const [result] = await connection.execute<mysql.ResultSetHeader>(
        `INSERT INTO ${database}.orders (customer, note, total) VALUES ('Ada', ?, 123456789012345678.90)`,
        [note],
      );
      return result.insertId;
    },
    changeNote: async (id, note) => {
      await connection.execute(`UPDATE ${database}.orders SET note = ? WHERE id = ?`, [note, id]);
    },
    run: async (statement) => {
      await connection.query(`USE ${database}`);
      await connection.query(statement);
    },
    drop: async () => {
      await connection.query(`DROP DATABASE ${database}`);
      await connection.end();
    },
  };
}
