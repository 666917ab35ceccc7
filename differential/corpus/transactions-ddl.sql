-- Transaction metadata: statements that are transactions of their own, between others and inside one.
-- property: provide.transaction.metadata=true
-- property: skipped.operations=none
create table a (id int primary key, v int);
insert into a values (1, 1);
-- stream
insert into a values (2, 1);
alter table a add column w int;
insert into a values (3, 1, 1);
create table b (id int primary key);
drop table b;
start transaction;
insert into a values (4, 1, 1);
update a set v = 2 where id = 4;
commit;
truncate table a;
create view c as select * from a;
drop view c;
analyze table a;
insert into a values (5, 1, 1);
