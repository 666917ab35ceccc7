import { describe, expect, it } from 'vitest';
import { statementRows } from './statement-rows.ts';

const filter = {
  database: (name: string) => name === 'shop',
  table: (database: string, table: string) => database === 'shop' && ['orders', 'a`b'].includes(table),
};
const rowsOf = (sql: string, database = 'shop') => statementRows({ sql, database }, filter)?.of ?? null;

describe('rows that a statement changed', () => {
  it.each([
    'INSERT INTO orders VALUES (1)',
    '/* app */ insert low_priority ignore `shop` . `orders` set id = 1',
    'SET STATEMENT max_statement_time = 1 FOR REPLACE orders SELECT * FROM other',
    'UPDATE orders AS o SET v = 1',
    'UPDATE IGNORE orders SET v = 1 WHERE id = 1',
    'DELETE FROM `shop`.`orders`',
    'DELETE FROM orders o WHERE id = 1',
    "LOAD DATA INFILE 'into table other' INTO TABLE `orders` FIELDS TERMINATED BY ','",
    'CREATE TABLE IF NOT EXISTS orders AS SELECT 1',
  ])('%s', (sql) => {
    expect(rowsOf(sql)).toBe('shop.orders');
    expect(rowsOf(sql.replaceAll('orders', 'other'))).toBeNull();
  });

  it('knows a table by its quoted name, and by the database of the session', () => {
    expect(rowsOf('UPDATE `a``b` SET v = 1')).toBe('shop.a`b');
    expect(rowsOf('INSERT INTO orders VALUES (1)', 'other')).toBeNull();
    expect(rowsOf('INSERT INTO shop.orders VALUES (1)', 'other')).toBe('shop.orders');
  });

  it('names the database where one of several tables may have been changed', () => {
    expect(rowsOf('UPDATE other o JOIN orders ON o.id = orders.id SET orders.v = 1')).toBe('database shop');
    expect(rowsOf('DELETE orders FROM orders, other WHERE 1')).toBe('database shop');
    expect(rowsOf('WITH x AS (SELECT 1) UPDATE orders, x SET v = 1')).toBe('database shop');
    expect(rowsOf("UPDATE other, more SET other.v = 'orders'")).toBeNull();
    expect(rowsOf('SELECT `shop`.`f`(1)')).toBe('database shop');
    expect(rowsOf('SELECT `shop`.`f`(1)', 'other')).toBeNull();
  });

  it.each([
    'CREATE TABLE orders (id INT) START TRANSACTION',
    "CREATE TABLE orders (`select` INT COMMENT 'select')",
    'CREATE TEMPORARY TABLE orders SELECT 1',
    'CREATE VIEW orders AS SELECT 1',
    'ALTER TABLE orders ADD v INT',
    "XA COMMIT X'31',X'',1",
    'TRUNCATE TABLE orders',
  ])('none: %s', (sql) => expect(rowsOf(sql)).toBeNull());
});
