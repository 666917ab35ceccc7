-- The context headers of every record.
-- property: extended.headers.enabled=true
-- property: provide.transaction.metadata=true
create table t (id int primary key, a int);
insert into t values (1, 1);
-- stream
update t set a = 2;
update t set id = 2;
delete from t;
