-- A null in a column with a default: the JsonConverter writes the default.
create table t (id int primary key, a int default 7, b varchar(10) default 'abc', c decimal(10,2) default 1.5, d date default '2024-02-29', e timestamp null default '2024-02-29 12:13:14', f varbinary(4) default 'ab', g int);
insert into t values (1, null, null, null, null, null, null, null);
-- stream
insert into t values (2, null, null, null, null, null, null, null);
update t set a = 1 where id = 2;
update t set a = null where id = 2;
alter table t alter column a set default 8;
insert into t (id, a) values (3, null);
delete from t where id = 1;
