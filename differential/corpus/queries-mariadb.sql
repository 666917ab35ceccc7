-- The statement behind a row.
-- servers: mariadb
-- property: include.query=true
create table t (id int primary key, a varchar(50));
insert into t values (1, 'one');
-- stream
set session binlog_annotate_row_events = on;
insert into t values (2, 'two "quoted" \\ é');
update t set a = 'x' where id > 0;
delete /* comment */ from t where id = 1;
