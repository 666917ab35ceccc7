-- Transaction metadata: the block in every envelope, and the topic of begins and ends.
-- property: provide.transaction.metadata=true
create table a (id int primary key);
create table b (id int primary key, v int);
insert into a values (1);
-- stream
insert into a values (2);
start transaction;
insert into a values (3), (4);
insert into b values (1, 1);
update b set v = 2;
insert into a values (5);
delete from a where id = 1;
commit;
update b set v = 2;
