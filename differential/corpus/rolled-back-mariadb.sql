-- Rows of a table without transactions, in transactions that were rolled back.
-- servers: mariadb
create table t (id int primary key, v int);
create table m (id int primary key, v int) engine = myisam;
insert into t values (1, 1);
-- stream
start transaction;
insert into t values (2, 1);
insert into m values (2, 1);
update t set v = 2 where id = 2;
rollback;
start transaction;
insert into t values (3, 1);
update t, m set t.v = 5, m.v = 5 where t.id = 3 and m.id = 2;
rollback;
insert into t values (4, 1);
