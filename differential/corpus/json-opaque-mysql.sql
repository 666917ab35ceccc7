-- Values in MySQL's JSON that JSON has no type for: decimals, times, binary strings.
-- servers: mysql
create table t (id int primary key, j json);
-- stream
insert into t values (1, json_object('d', cast(1.50 as decimal(10,2)), 'day', cast('2024-02-29' as date)));
insert into t values (2, json_array(cast('2024-02-29 12:13:14.123456' as datetime(6)), cast('10:11:12.654321' as time(6))));
insert into t values (3, json_array(cast('2024-02-29 12:13:14' as datetime), cast('-10:11:12.5' as time(3))));
insert into t values (4, cast(x'cafebabe' as json));
