-- Binary strings: padding, empty, every byte.
create table t (id int primary key, a binary(5), b varbinary(20), c blob, d tinyblob, e mediumblob, f longblob);
insert into t values (1, 'ab', 'ab', 0x00FF, 0x00, 0x01, 0x02);
-- stream
insert into t values (2, 'ab', 'ab', 0x00FF, 0x00, 0x01, 0x02);
insert into t values (3, 0x0000000000, 0x00, '', '', '', '');
insert into t values (4, 0x6100620000, 0x610000, 0x3E3F, 0x7F80, repeat(0xFE, 70000), 0xFBFF);
insert into t (id) values (5);
create table k (a binary(4), b varbinary(4), c int, primary key (a, b));
insert into k values (0x01, 0xFF00, 1), (0xDEADBEEF, '', 2);
delete from k;
