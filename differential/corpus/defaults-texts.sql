-- Defaults under other value modes; rules change values, never defaults.
-- property: key.converter=org.apache.kafka.connect.json.JsonConverter
-- property: key.converter.schemas.enable=true
-- property: value.converter=org.apache.kafka.connect.json.JsonConverter
-- property: value.converter.schemas.enable=true
-- property: decimal.handling.mode=string
-- property: bigint.unsigned.handling.mode=precise
-- property: binary.handling.mode=hex
-- property: time.precision.mode=isostring
-- property: column.mask.hash.v2.SHA-256.with.salt.abc=.*\.hashed
-- property: column.truncate.to.2.chars=.*\.cut
create table t (id bigint unsigned not null default 18446744073709551615 primary key, a decimal(10,3) default 1.5, b varbinary(4) default 'ab', c date default '2024-02-29', d time(3) default '10:11:12.345', e datetime(6) default '2024-02-29 12:13:14.123456', f timestamp(3) null default '2024-02-29 12:13:14.5', g bigint unsigned default 18446744073709551615,
  hashed varchar(20) default 'abcdefgh', cut varchar(20) default 'abcdefgh');
insert into t (id, f) values (1, null);
insert into t values (2, null, null, null, null, null, null, null, null, null);
-- stream
insert into t (id, f) values (3, null);
insert into t values (4, null, null, null, null, null, null, null, null, null);
update t set hashed = 'x', cut = 'xyz' where id = 4;
