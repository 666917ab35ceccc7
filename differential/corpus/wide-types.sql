-- Types at their widest, and an ENUM altered in the stream.
create table t (id int primary key, b1 bit(1), b7 bit(7), b8 bit(8), b33 bit(33), b63 bit(63), b64 bit(64), d decimal(65,30), big decimal(65,0),
  g1 int generated always as (id * 2) virtual, g2 varchar(20) generated always as (concat('v', id)) stored, e enum('a','b'));
insert into t (id, b1, b7, b8, b33, b63, b64, d, big, e) values
  (1, b'1', b'1111111', 255, 8589934591, 9223372036854775807, 18446744073709551615, 99999999999999999999999999999999999.999999999999999999999999999999, 99999999999999999999999999999999999999999999999999999999999999999, 'b'),
  (2, 0, 0, 0, 0, 0, 0, -0.000000000000000000000000000001, -1, 'a');
-- stream
insert into t (id, b1, b7, b8, b33, b63, b64, d, big, e) values
  (3, b'1', b'1111111', 255, 8589934591, 9223372036854775807, 18446744073709551615, 99999999999999999999999999999999999.999999999999999999999999999999, 99999999999999999999999999999999999999999999999999999999999999999, 'b'),
  (4, 0, 0, 0, 0, 0, 0, -0.000000000000000000000000000001, -1, 'a');
alter table t modify e enum('z','a','b','c');
insert into t (id, e) values (5, 'z'), (6, 'c');
update t set e = 'z' where id = 3;
