-- Dates and times under time.precision.mode=nanoseconds, with their schemas.
-- property: time.precision.mode=nanoseconds
-- property: value.converter=org.apache.kafka.connect.json.JsonConverter
create table t (id int primary key, d date, d2 date not null, t0 time, t3 time(3), t6 time(6), dt0 datetime, dt3 datetime(3), dt6 datetime(6) not null, ts timestamp(6) null);
insert into t values (1, '2024-01-31', '1969-12-31', '12:00:00', '12:34:56.120', '00:00:00.000001', '2024-01-31 12:00:00', '1960-02-29 23:59:59.999', '2024-01-31 12:00:00.123456', '2024-01-31 12:00:00.123456');
insert into t values (2, null, '0070-01-01', null, null, null, null, null, '1970-01-01 00:00:00', null);
-- stream
insert into t values (3, '2024-01-31', '1969-12-31', '12:00:00', '12:34:56.120', '00:00:00.000001', '2024-01-31 12:00:00', '1960-02-29 23:59:59.999', '2024-01-31 12:00:00.123456', '2024-01-31 12:00:00.123456');
insert into t values (4, null, '0070-01-01', null, null, null, null, null, '1970-01-01 00:00:00', null);
