-- The same with REAL as float32, and under other value modes.
-- property: converters=sink
-- property: sink.treat.real.as.double=false
-- property: decimal.handling.mode=string
-- property: sink.type=io.debezium.connector.binlog.converters.JdbcSinkDataTypesConverter
-- property: sink.selector.boolean=.*\.b[0-9]*
-- property: sink.selector.real=.*\.r[0-9]*
-- property: sink.selector.string=.*\.s[0-9]*
-- property: value.converter=org.apache.kafka.connect.json.JsonConverter
create table t (id int primary key, first tinyint(1), b1 tinyint(1), b2 int, b3 boolean not null,
  r1 real, r2 float, r3 int, r4 decimal(10,3), s1 varchar(20) character set utf8mb4, s2 char(5) character set latin1, s3 int, s4 text character set utf8mb4, s5 bigint unsigned);
insert into t values (1, 1, 1, 7, 0, 1.5, 2.25, 3, 4.125, 'größer €', 'abc', -12, 'text', 5), (2, null, null, null, true, null, null, null, null, null, null, null, null, null);
insert into t values (3, 0, -1, 0, false, -0.1, 1e10, -3, -4.1, '', '', 0, '', 0);
-- stream
insert into t values (4, 1, 1, 7, 0, 1.5, 2.25, 3, 4.125, 'größer €', 'abc', -12, 'text', 5), (5, null, null, null, true, null, null, null, null, null, null, null, null, null);
insert into t values (6, 0, -1, 0, false, -0.1, 1e10, -3, -4.1, '', '', 0, '', 0);
