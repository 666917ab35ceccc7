-- Integers at their limits, signed, unsigned and zero-filled.
create table t (
  id int primary key, a tinyint, b tinyint unsigned, c smallint, d smallint unsigned, e mediumint, f mediumint unsigned,
  g int, h int unsigned, i bigint, j bigint unsigned, k tinyint(1), l bool, m int(5) zerofill);
insert into t values (1, -128, 255, -32768, 65535, -8388608, 16777215, -2147483648, 4294967295,
  -9223372036854775808, 18446744073709551615, 1, true, 42);
insert into t values (2, 127, 0, 32767, 0, 8388607, 0, 2147483647, 0, 9223372036854775807, 9223372036854775808, -5, false, 0);
-- stream
insert into t values (3, -128, 255, -32768, 65535, -8388608, 16777215, -2147483648, 4294967295,
  -9223372036854775808, 18446744073709551615, 1, true, 42);
insert into t values (4, 127, 0, 32767, 0, 8388607, 0, 2147483647, 0, 9223372036854775807, 9223372036854775808, -5, false, 0);
insert into t (id) values (5);
create table u (id bigint unsigned primary key, v int);
insert into u values (18446744073709551615, 1), (9223372036854775808, 2), (0, 3);
update u set v = 4;
delete from u where v = 4;
