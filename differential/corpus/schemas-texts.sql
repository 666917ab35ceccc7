-- Schemas under other value modes.
-- property: value.converter=org.apache.kafka.connect.json.JsonConverter
-- property: value.converter.schemas.enable=true
-- property: decimal.handling.mode=string
-- property: bigint.unsigned.handling.mode=precise
-- property: binary.handling.mode=hex
-- property: time.precision.mode=connect
create table t (id bigint unsigned primary key, a decimal(10,2), b varbinary(10), c time(3), d datetime(6), e date, f timestamp null);
insert into t (id) values (1);
-- stream
insert into t values (2, 2.5, 'ab', '10:11:12.345', '2024-02-29 12:13:14.123456', '2024-02-29', '2024-02-29 12:13:14');
