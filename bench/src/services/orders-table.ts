import type { SourceDatabaseAddress } from '@sealane/stack/service-addresses';
import type mysql from 'mysql2/promise';
import { type BenchTable, openShop, truncateUnlogged } from './bench-table.ts';

/** Rows as one statement inserts them: the largest transaction of the benchmark. */
const ROWS_PER_LARGE_TRANSACTION = 100_000;

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

/** Creates `shop.orders` (with its loader) and connects to it. */
export async function openOrdersTable(server: SourceDatabaseAddress): Promise<BenchTable> {
  const connection = await openShop(server, [CREATE_TABLE, CREATE_SINGLES]);
  return {
    async load(rows, shape) {
      if (shape === 'single') {
        await connection.query('call shop.insert_singly(?)', [rows]);
        return rows;
      }
      for (let left = rows; left > 0; left -= ROWS_PER_LARGE_TRANSACTION) {
        await connection.query(insertRows(`seq_1_to_${Math.min(left, ROWS_PER_LARGE_TRANSACTION)}`));
      }
      return rows;
    },
    async insertOne(number) {
      const [result] = await connection.execute<mysql.ResultSetHeader>(insertRows('(select ? as seq) one'), [
        number,
      ]);
      return result.insertId;
    },
    clear: () => truncateUnlogged(connection, 'orders'),
    close: () => connection.end(),
  };
}
