-- The statement behind a row.
-- servers: mysql
-- property: include.query=true
create table t (id int primary key, a varchar(50));
insert into t values (1, 'one');
-- stream
set session binlog_rows_query_log_events = on;
insert into t values (2, 'two "quoted" \\ é');
update t set a = 'x' where id > 0;
delete /* comment */ from t where id = 1;
