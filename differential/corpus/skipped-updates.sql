-- Updates and deletes left out, truncates kept.
-- property: skipped.operations=u,d
create table t (id int primary key, a int);
insert into t values (1, 1), (2, 2);
-- stream
update t set a = 5;
insert into t values (3, 3);
delete from t where id = 1;
update t set id = 9 where id = 2;
truncate table t;
