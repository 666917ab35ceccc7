import { MARIADB_VECTOR, type RandomColumn } from '@sealane/binlog/testing/random-rows';
import fc from 'fast-check';

const edges = (name: string, declaration: string, ...literals: string[]): RandomColumn => ({
  name,
  declaration,
  literal: fc.constantFrom(...literals),
});
/** The first and the last values of types whose random values seldom come there. */
export const EDGE_COLUMNS: readonly RandomColumn[] = [
  edges('xd', 'decimal(65,30)', ...['-', ''].map((sign) => `${sign}${'9'.repeat(35)}.${'9'.repeat(30)}`)),
  edges('xf', 'float', '-3.40282e38', '3.40282e38', '1.17549e-38'),
  edges('xe', 'double', '-1.7976931348623157e308', '2.2250738585072014e-308'),
  edges('xa', 'date', "'0000-00-00'", "'0000-01-01'", "'9999-12-31'"),
  edges('xt', 'time(6)', "'-838:59:59.999999'", "'838:59:59.999999'", "'00:00:00.000001'"),
  edges('xm', 'datetime(6)', "'0000-01-01 00:00:00'", "'9999-12-31 23:59:59.999999'"),
  edges('xs', 'timestamp(6) null', "'1970-01-01 00:00:01'", "'2038-01-19 03:14:07.999999'"),
  edges('xy', 'year', '0', '1901', '2155'),
];
/** What MariaDB has from 11.8 on; its last TIMESTAMP is another one. */
export const NEWER_COLUMNS: readonly RandomColumn[] = [
  MARIADB_VECTOR,
  edges('xl', 'timestamp(6) null', "'2038-01-19 03:14:08'", "'2106-02-07 06:28:15.999999'"),
  edges('xu', 'varchar(20) character set utf8mb4 collate utf8mb4_uca1400_ai_ci', "'ü'", "'😀'"),
];
