-- Deletes and changed keys without tombstones.
-- property: tombstones.on.delete=false
create table t (id int primary key, a int);
insert into t values (1, 1), (2, 2);
-- stream
update t set id = 3 where id = 1;
delete from t;
