-- Defaults of times in the units of Connect.
-- property: key.converter=org.apache.kafka.connect.json.JsonConverter
-- property: key.converter.schemas.enable=true
-- property: value.converter=org.apache.kafka.connect.json.JsonConverter
-- property: value.converter.schemas.enable=true
-- property: decimal.handling.mode=double
-- property: time.precision.mode=connect
create table t (id int primary key, a decimal(10,3) default 1.5, c date default '2024-02-29', d time(3) default '10:11:12.345', e datetime(6) default '2024-02-29 12:13:14.123456', f datetime default current_timestamp, g time default '-10:00:00', h time default '30:00:00');
insert into t (id, g, h) values (1, '10:00:00', '10:00:00');
insert into t values (2, null, null, null, null, null, null, null);
-- stream
insert into t (id, g, h) values (3, '10:00:00', '10:00:00');
insert into t values (4, null, null, null, null, null, null, null);
