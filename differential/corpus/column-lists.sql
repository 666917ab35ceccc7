-- Columns left out; the key never.
-- property: column.exclude.list=d_column_lists\.t\.secret,.*\.also_secret
create table t (id int primary key, secret varchar(10), open varchar(10), also_secret int);
insert into t values (1, 's', 'o', 1);
-- stream
insert into t values (2, 's', 'o', 1);
update t set secret = 'changed' where id = 2;
delete from t where id = 1;
