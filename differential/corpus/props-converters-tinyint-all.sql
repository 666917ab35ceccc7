-- Every TINYINT as boolean, by a converter without a selector that does not look at the length.
-- property: converters=flags
-- property: flags.type=io.debezium.connector.mysql.converters.TinyIntOneToBooleanConverter
-- property: flags.length.checker=false
-- property: value.converter=org.apache.kafka.connect.json.JsonConverter
-- servers: mysql
create table t (id int primary key, a tinyint, b tinyint(1), c tinyint unsigned, d smallint(1));
insert into t values (1, 0, 1, 2, 1), (2, 5, -1, 127, 0), (3, null, null, null, null);
-- stream
insert into t values (4, 0, 1, 2, 1), (5, 5, -1, 127, 0), (6, null, null, null, null);
