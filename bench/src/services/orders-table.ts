import type { SourceDatabaseAddress } from '@sealane/stack/service-addresses';
import mysql from 'mysql2/promise';

/** Rows as one statement inserts them: the largest transaction of the benchmark. */
export const ROWS_PER_LARGE_TRANSACTION = 100_000;

const CREATE_TABLE = `create table shop.orders(
  id bigint unsigned auto_increment primary key, customer_id int not null, sku varchar(40), qty smallint,
  price decimal(12,2), status enum('new','paid','shipped','cancelled'), note varchar(200), created_at datetime(3),
  updated_at timestamp(6) default current_timestamp(6), meta json, flags tinyint(1))`;

/** One row; `n` is its number. */
const insertRows = (
  source: string,
): string => `insert into shop.orders(customer_id,sku,qty,price,status,note,created_at,meta,flags)
  select seq%5000, concat('SKU-',seq), seq%10, seq*0.37, 1+seq%4, concat('note for order ',seq,' lorem ipsum'),
  now(3), json_object('a',seq,'b','x'), seq%2 from ${source}`;

const CREATE_SINGLES = `create procedure shop.insert_singly(in rows_wanted int)
  begin
    declare seq int default 1;
    while seq <= rows_wanted do
      insert into shop.orders(customer_id,sku,qty,price,status,note,created_at,meta,flags)
        values (seq%5000, concat('SKU-',seq), seq%10, seq*0.37, 1+seq%4, concat('note for order ',seq,' lorem ipsum'),
        now(3), json_object('a',seq,'b','x'), seq%2);
      set seq = seq + 1;
    end while;
  end`;

/** How the rows of a load are cut into transactions. */
export type TransactionShape = 'large' | 'single';

/** The captured table and the one connection that writes to it. Every method may be called at any time, one at a time. */
export interface OrdersTable {
  /** Commits `rows` rows in transactions of the given shape. */
  load(rows: number, shape: TransactionShape): Promise<void>;
  /** Commits one row and gives its key. */
  insertOne(number: number): Promise<number>;
  /** Empties the table without leaving a trace in the binlog, so that it never outgrows the machine. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Creates `shop.orders` (with its loader) and connects to it. */
export async function openOrdersTable(server: SourceDatabaseAddress): Promise<OrdersTable> {
  const connection = await mysql.createConnection({ host: server.host, port: server.port, ...server.admin });
  for (const statement of ['create database shop', 'use shop', CREATE_TABLE, CREATE_SINGLES])
    await connection.query(statement);
  return {
    async load(rows, shape) {
      if (shape === 'single') {
        await connection.query('call shop.insert_singly(?)', [rows]);
        return;
      }
      for (let left = rows; left > 0; left -= ROWS_PER_LARGE_TRANSACTION) {
        await connection.query(insertRows(`seq_1_to_${Math.min(left, ROWS_PER_LARGE_TRANSACTION)}`));
      }
    },
    async insertOne(number) {
      const [result] = await connection.execute<mysql.ResultSetHeader>(insertRows('(select ? as seq) one'), [
        number,
      ]);
      return result.insertId;
    },
    async clear() {
      await connection.query('set session sql_log_bin = 0');
      await connection.query('truncate table shop.orders');
      await connection.query('set session sql_log_bin = 1');
    },
    close: () => connection.end(),
  };
}
