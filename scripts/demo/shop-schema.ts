/** How a column's value is written in a message with Debezium's default handling modes. */
export type ColumnKind = 'number' | 'text' | 'decimal' | 'date' | 'datetime-ms' | 'datetime-us' | 'timestamp';

export interface ShopColumn {
  name: string;
  sql: string;
  kind: ColumnKind;
  /** Digits after the point, of decimals. */
  scale?: number;
}

export interface ShopTable {
  name: string;
  primaryKey: readonly string[];
  columns: readonly ShopColumn[];
  /** INSERT … SELECT that fills it; `seq_1_to_N` is MariaDB's sequence engine. */
  seed: string;
}

const customers: ShopTable = {
  name: 'customers',
  primaryKey: ['id'],
  columns: [
    { name: 'id', sql: 'int unsigned auto_increment primary key', kind: 'number' },
    { name: 'email', sql: 'varchar(120) not null', kind: 'text' },
    { name: 'full_name', sql: 'varchar(120) not null', kind: 'text' },
    { name: 'city', sql: 'varchar(60) character set latin1', kind: 'text' },
    { name: 'born_on', sql: 'date', kind: 'date' },
    { name: 'credit_limit', sql: 'decimal(12,2) not null default 0', kind: 'decimal', scale: 2 },
    { name: 'created_at', sql: 'timestamp(6) not null default current_timestamp(6)', kind: 'timestamp' },
  ],
  seed: `select seq, concat('customer', seq, '@example.org'), concat(elt(1 + seq % 6, 'Ana Müller', 'Bo Åström', 'Chiara Rossi', '田中 陽子', 'Zoë O''Neill', 'Đặng Minh'), ' ', seq),
    elt(1 + seq % 5, 'Zürich', 'Malmö', 'København', 'Besançon', 'Ávila'), date_add('1950-01-01', interval seq % 20000 day), (seq % 500) * 10.25, now(6) from seq_1_to_2000`,
};

const products: ShopTable = {
  name: 'products',
  primaryKey: ['sku'],
  columns: [
    { name: 'sku', sql: 'varchar(40) primary key', kind: 'text' },
    { name: 'title', sql: 'varchar(200) not null', kind: 'text' },
    { name: 'price', sql: 'decimal(10,2) not null', kind: 'decimal', scale: 2 },
    { name: 'weight_grams', sql: 'mediumint unsigned', kind: 'number' },
    { name: 'stock', sql: 'int not null', kind: 'number' },
    { name: 'attributes', sql: 'json', kind: 'text' },
    { name: 'updated_at', sql: 'datetime(3) not null', kind: 'datetime-ms' },
  ],
  seed: `select concat('SKU-', lpad(seq, 5, '0')), concat(elt(1 + seq % 4, 'Lantern', 'Anchor', 'Compass', 'Rope'), ' no. ', seq), seq * 0.37 + 4.5, seq * 7, 100000,
    json_object('colour', elt(1 + seq % 3, 'teal', 'amber', 'slate'), 'rating', seq % 50), now(3) from seq_1_to_500`,
};

const orders: ShopTable = {
  name: 'orders',
  primaryKey: ['id'],
  columns: [
    { name: 'id', sql: 'bigint unsigned auto_increment primary key', kind: 'number' },
    { name: 'customer_id', sql: 'int unsigned not null', kind: 'number' },
    { name: 'status', sql: "enum('new','paid','shipped','cancelled') not null", kind: 'text' },
    { name: 'total', sql: 'decimal(14,2) not null', kind: 'decimal', scale: 2 },
    { name: 'note', sql: 'varchar(200)', kind: 'text' },
    { name: 'gift', sql: 'tinyint not null default 0', kind: 'number' },
    { name: 'placed_at', sql: 'datetime(6) not null', kind: 'datetime-us' },
    { name: 'updated_at', sql: 'timestamp(6) not null default current_timestamp(6)', kind: 'timestamp' },
  ],
  seed: `select seq, 1 + seq % 2000, 1 + seq % 4, (seq % 900) * 1.37, if(seq % 3 = 0, null, concat('Leave at "door ', seq % 20, '"\\nthanks')), seq % 2,
    date_sub(now(6), interval seq second), now(6) from seq_1_to_20000`,
};

const orderItems: ShopTable = {
  name: 'order_items',
  primaryKey: ['order_id', 'line'],
  columns: [
    { name: 'order_id', sql: 'bigint unsigned not null', kind: 'number' },
    { name: 'line', sql: 'smallint unsigned not null', kind: 'number' },
    { name: 'sku', sql: 'varchar(40) not null', kind: 'text' },
    { name: 'quantity', sql: 'smallint not null', kind: 'number' },
    { name: 'unit_price', sql: 'decimal(10,2) not null', kind: 'decimal', scale: 2 },
  ],
  seed: `select 1 + (seq - 1) div 2, 1 + (seq - 1) % 2, concat('SKU-', lpad(1 + seq % 500, 5, '0')), 1 + seq % 9, (seq % 500) * 0.37 + 4.5 from seq_1_to_40000`,
};

/** The shop that the demo captures: small, and of every type family that shops use. */
export const shopTables: readonly ShopTable[] = [customers, products, orders, orderItems];

/** The statements that create and fill the database `shop`. */
export function shopStatements(): string[] {
  return [
    'create database shop character set utf8mb4',
    // The sequence engine's tables live in whatever database is selected.
    'use shop',
    ...shopTables.flatMap((table) => [createTable(table), `insert into shop.${table.name} ${table.seed}`]),
  ];
}

function createTable(table: ShopTable): string {
  const columns = table.columns.map((column) => `${column.name} ${column.sql}`);
  if (table.primaryKey.length > 1) columns.push(`primary key (${table.primaryKey.join(', ')})`);
  return `create table shop.${table.name} (${columns.join(', ')})`;
}
