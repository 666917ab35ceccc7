import type { SourceDatabaseAddress } from '@sealane/stack/service-addresses';
import type mysql from 'mysql2/promise';
import { type BenchTable, openShop, truncateUnlogged } from './bench-table.ts';

/** Changes that one transaction of the load makes. */
const CHANGES_PER_TRANSACTION = 1_000;
/** A transaction's changes come in blocks of a hundred: 40 inserts, 50 updates, 10 deletes. */
const CHANGES_PER_BLOCK = 100;
/** A delete is two records, the event and the tombstone. */
const RECORDS_PER_BLOCK = 110;

/** Every column but the key: name, type, and its value as an expression of the row's number `seq`. */
const COLUMNS: readonly (readonly [name: string, type: string, value: string])[] = [
  ['tiny', 'tinyint', 'seq%256-128'],
  ['tiny_u', 'tinyint unsigned', 'seq%256'],
  ['small', 'smallint', 'seq%65536-32768'],
  ['small_u', 'smallint unsigned', 'seq%65536'],
  ['medium', 'mediumint', '-seq%8388608'],
  ['medium_u', 'mediumint unsigned', 'seq%16777216'],
  ['customer_id', 'int not null', 'seq%5000'],
  ['parent_id', 'int unsigned', 'if(seq%3=0,null,4294967295-seq)'],
  ['big', 'bigint', '-9007199254740993-seq'],
  ['big_u', 'bigint unsigned', '9223372036854775808+seq%1000'],
  ['is_paid', 'tinyint(1) not null', 'seq%2'],
  ['is_gift', 'tinyint(1)', 'if(seq%7=0,null,seq%2)'],
  ['qty', 'int not null', 'seq%10'],
  ['price', 'decimal(12,2) not null', 'seq*0.37'],
  ['tax', 'decimal(5,2)', 'seq%1000*0.01'],
  ['weight', 'decimal(20,4)', 'seq*12345.6789'],
  ['rate', 'decimal(30,6)', '-seq*987654321.123456'],
  ['total', 'decimal(38,10)', 'seq*1234567890.0123456789'],
  ['discount', 'decimal(4,0)', 'if(seq%5=0,null,seq%100)'],
  ['ratio', 'float', 'seq%1000/8'],
  ['latitude', 'double', '48.137154+seq/1000000'],
  ['longitude', 'double', '-11.576124-seq/1000000'],
  ['flag', 'bit(1)', 'seq%2'],
  ['rights', 'bit(16)', 'seq%65536'],
  ['due_on', 'date', "date_add('2026-01-01',interval seq%1000 day)"],
  ['born_on', 'date', "if(seq%4=0,null,date_sub('2000-02-29',interval seq%10000 day))"],
  ['season', 'year', '1970+seq%100'],
  ['opens', 'time', 'sec_to_time(seq%86400)'],
  ['lap', 'time(3)', 'sec_to_time(seq%3600+0.125)'],
  ['lap_exact', 'time(6)', 'sec_to_time(seq%3600+0.015625)'],
  ['ordered_at', 'datetime', "date_add('2026-01-01 08:30:00',interval seq second)"],
  ['packed_at', 'datetime(3)', "date_add('2026-01-02 08:30:00.125',interval seq second)"],
  ['shipped_at', 'datetime(6)', "date_add('2026-01-03 08:30:00.015625',interval seq second)"],
  ['seen_at', 'timestamp null', "date_add('2026-01-04 08:30:00',interval seq second)"],
  ['paid_at', 'timestamp(3) null', 'if(seq%3=0,null,now(3))'],
  [
    'updated_at',
    'timestamp(6) not null default current_timestamp(6) on update current_timestamp(6)',
    'now(6)',
  ],
  ['country', 'char(2)', "elt(1+seq%4,'DE','FR','JP','US')"],
  ['ref', 'char(36)', 'md5(seq)'],
  ['sku', 'varchar(40)', "concat('SKU-',seq)"],
  ['first_name', 'varchar(80)', "elt(1+seq%4,'Anna','Jürgen','Zoë','太郎')"],
  ['last_name', 'varchar(80)', "elt(1+seq%3,'Müller','O''Neill','山田')"],
  ['email', 'varchar(255)', "concat('customer',seq,'@example.com')"],
  ['street', 'varchar(200)', "concat('Lange Straße ',seq%500)"],
  ['city', 'varchar(100) character set latin1', "elt(1+seq%3,'Köln','Málaga','Oslo')"],
  ['phone', 'varchar(30)', "if(seq%2=0,null,concat('+49 89 ',seq))"],
  ['note', 'varchar(200)', "concat('note for order ',seq,' lorem ipsum')"],
  ['quote', 'varchar(200)', "concat('says \"',seq,'\"\\nand \\\\ more')"],
  ['empty', 'varchar(50)', "''"],
  ['comment', 'text', "repeat('lorem ipsum dolor ',1+seq%10)"],
  ['history', 'mediumtext', "if(seq%6=0,null,concat(seq,' events'))"],
  ['digest', 'binary(16)', 'unhex(md5(seq))'],
  ['token', 'varbinary(64)', 'unhex(sha2(seq,256))'],
  ['thumbnail', 'blob', 'repeat(char(seq%256),seq%64)'],
  ['status', "enum('new','paid','shipped','cancelled')", '1+seq%4'],
  ['size', "enum('s','m','l','xl')", 'if(seq%4=0,null,1+seq%4)'],
  ['tags', "set('new','sale','fragile','heavy','gift')", 'seq%32'],
  ['meta', 'json', "json_object('a',seq,'b','x')"],
  ['lines', 'json', "json_array(seq,'x',json_object('price',seq*0.5))"],
  ['version', 'smallint unsigned not null default 0', '0'],
];

const CREATE_TABLE = `create table shop.wide(id bigint unsigned auto_increment primary key,
  ${COLUMNS.map(([name, type]) => `\`${name}\` ${type}`).join(', ')}) character set utf8mb4`;

/** Rows of the numbers `seq` in `source`, whose keys are `seq` too when `id` is. */
const insertRows = (source: string, id: 'seq' | 'null'): string =>
  `insert into shop.wide(id,${COLUMNS.map(([name]) => `\`${name}\``).join(',')})
    select ${id},${COLUMNS.map(([, , value]) => value).join(',')} from ${source}`;

const UPDATE = `update shop.wide set qty=qty+1, version=version+1, price=price+0.05, status='shipped',
  shipped_at=now(6), note=concat('changed: ',left(note,100)), meta=json_object('a',id,'c',version) where id between`;

/** Commits transactions of ten blocks; a block inserts 40 rows, updates each, ten of them once more, and deletes ten. */
const CREATE_LOADER = `create procedure shop.change_wide(in transactions int)
  begin
    declare base bigint unsigned default (select coalesce(max(id),0) from shop.wide);
    declare block int;
    while transactions > 0 do
      set block = 10;
      start transaction;
      while block > 0 do
        ${insertRows('(select cast(base+s.seq as signed) as seq from seq_1_to_40 s) numbered', 'seq')};
        ${UPDATE} base+1 and base+40;
        ${UPDATE} base+1 and base+10;
        delete from shop.wide where id between base+31 and base+40;
        set base = base+40;
        set block = block-1;
      end while;
      commit;
      set transactions = transactions-1;
    end while;
  end`;

/**
 * Creates `shop.wide` (60 columns of mixed types, with its loader) and connects to it. `load` rounds up to whole
 * transactions of 1,000 changes: 40% inserts, 50% updates, 10% deletes.
 */
export async function openWideTable(server: SourceDatabaseAddress): Promise<BenchTable> {
  const connection = await openShop(server, [CREATE_TABLE, CREATE_LOADER]);
  return {
    async load(rows) {
      const transactions = Math.ceil(rows / CHANGES_PER_TRANSACTION);
      await connection.query('call shop.change_wide(?)', [transactions]);
      return (transactions * CHANGES_PER_TRANSACTION * RECORDS_PER_BLOCK) / CHANGES_PER_BLOCK;
    },
    async insertOne(number) {
      const source = '(select cast(? as signed) as seq) one';
      const [result] = await connection.execute<mysql.ResultSetHeader>(insertRows(source, 'null'), [number]);
      return result.insertId;
    },
    clear: () => truncateUnlogged(connection, 'wide'),
    close: () => connection.end(),
  };
}
