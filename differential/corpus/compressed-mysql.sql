-- Transactions that the server compressed as a whole.
-- servers: mysql
create table t (id int primary key, v varchar(200));
insert into t values (1, repeat('a', 200));
-- stream
set session binlog_transaction_compression = on;
start transaction;
insert into t values (2, repeat('b', 200)), (3, repeat('c', 200));
update t set v = repeat('d', 200) where id = 1;
commit;
delete from t where id = 2;
set session binlog_transaction_compression = off;
insert into t values (4, 'e');
