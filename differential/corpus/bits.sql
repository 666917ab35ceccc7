-- BIT of every kind of width.
create table t (id int primary key, a bit, b bit(2), c bit(8), d bit(9), e bit(16), f bit(33), g bit(63), h bit(64));
insert into t values (1, b'1', b'10', b'11111111', b'100000001', 0xFFFE, b'100000000000000000000000000000001', 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF);
-- stream
insert into t values (2, b'1', b'10', b'11111111', b'100000001', 0xFFFE, b'100000000000000000000000000000001', 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF);
insert into t values (3, b'0', b'0', b'0', b'0', 0, 0, 0, 0);
insert into t values (4, null, null, null, null, null, null, null, null);
