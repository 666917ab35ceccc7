-- TINYINT(1) as boolean, in keys too, with the schemas of the records. Not among them: defaults of converted columns.
-- property: converters=flags
-- property: flags.type=io.debezium.connector.binlog.converters.TinyIntOneToBooleanConverter
-- property: flags.selector=.*\.t\.b[0-9]*,.*\.k\..*
-- property: key.converter=org.apache.kafka.connect.json.JsonConverter
-- property: value.converter=org.apache.kafka.connect.json.JsonConverter
create table t (id int primary key, b1 tinyint(1), b2 boolean not null, b4 tinyint(4), b8 tinyint, other tinyint(1), big int(1));
create table k (id tinyint(1) primary key, v tinyint(1));
insert into t values (1, 1, 0, 1, 1, 1, 1), (2, null, true, 0, 0, 0, 0), (3, -1, 127, -1, 3, -1, 3);
insert into k values (1, 0);
-- stream
insert into t values (4, 1, 0, 1, 1, 1, 1), (5, null, true, 0, 0, 0, 0), (6, -1, 127, -1, 3, -1, 3);
update t set b1 = 0 where id = 4;
insert into k values (0, 1);
delete from k where id = 1;
alter table t add column b9 tinyint(1);
insert into t values (7, 1, 1, 1, 1, 1, 1, 1);
