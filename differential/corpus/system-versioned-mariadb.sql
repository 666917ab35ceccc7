-- System-versioned tables with columns for the time. Not those without: Debezium refuses their rows. No rows before the stream: Debezium's snapshot passes them over.
-- servers: mariadb
-- property: include.schema.changes=false
create table t (id int primary key, v int, rs timestamp(6) generated always as row start, re timestamp(6) generated always as row end, period for system_time(rs, re)) with system versioning;
-- stream
insert into t (id, v) values (1, 1), (2, 2);
update t set v = 10 where id = 1;
delete from t where id = 2;
