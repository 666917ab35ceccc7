import type { SourceDatabaseAddress } from '@sealane/stack/service-addresses';
import mysql from 'mysql2/promise';

/** The tables of the benchmarks, all in the database `shop`. */
export type BenchTableName = 'orders' | 'wide';

/** What a load changes, and how it is cut into transactions. */
export type LoadShape =
  /** Inserts into `orders`, 100,000 a transaction. */
  | 'large'
  /** Inserts into `orders`, one a transaction. */
  | 'single'
  /** Inserts, updates and deletes in `wide`, 1,000 a transaction. */
  | 'wide';

/** The table that a load of each shape goes to. */
export const TABLE_OF_SHAPE: Readonly<Record<LoadShape, BenchTableName>> = {
  large: 'orders',
  single: 'orders',
  wide: 'wide',
};

/** A captured table and the one connection that writes to it. Every method may be called at any time, one at a time. */
export interface BenchTable {
  /** Commits `rows` row changes; `shape` is one of this table's. Gives how many records they make. */
  load(rows: number, shape: LoadShape): Promise<number>;
  /** Commits one new row and gives its key. */
  insertOne(number: number): Promise<number>;
  /** Empties the table without leaving a trace in the binlog, so that it never outgrows the machine. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Connects as the administrator and runs `statements` in the database `shop`, which is created where it is missing. */
export async function openShop(
  server: SourceDatabaseAddress,
  statements: readonly string[],
): Promise<mysql.Connection> {
  const connection = await mysql.createConnection({ host: server.host, port: server.port, ...server.admin });
  for (const statement of ['create database if not exists shop', 'use shop', ...statements])
    await connection.query(statement);
  return connection;
}

/** Truncates a table of `shop`, unlogged. */
export async function truncateUnlogged(connection: mysql.Connection, table: BenchTableName): Promise<void> {
  await connection.query('set session sql_log_bin = 0');
  await connection.query(`truncate table shop.${table}`);
  await connection.query('set session sql_log_bin = 1');
}
