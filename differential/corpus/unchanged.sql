-- Updates that change no captured column.
-- property: skip.messages.without.change=true
-- property: column.exclude.list=.*\.hidden
create table t (id int primary key, a int, hidden int);
insert into t values (1, 1, 1), (2, 2, 2);
-- stream
update t set hidden = 10;
update t set a = 10 where id = 1;
update t set hidden = 20, a = 20 where id = 2;
delete from t where id = 1;
