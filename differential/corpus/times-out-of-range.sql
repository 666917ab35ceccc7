-- Times beyond a day, zero dates, incomplete dates. YEAR 0 is streamed only: the driver of Debezium's snapshot fails on it.
set session sql_mode = 'ALLOW_INVALID_DATES';
create table t (id int primary key, d date, t0 time, t6 time(6), dt datetime, dt6 datetime(6), ts timestamp null, y year);
insert into t values (1, '0000-00-00', '838:59:59', '-838:59:59', '0000-00-00 00:00:00', '0000-00-00 00:00:00', '0000-00-00 00:00:00', null);
create table n (id int primary key, d date not null, dt datetime(3) not null, ts timestamp not null default current_timestamp);
insert into n values (1, '0000-00-00', '0000-00-00 00:00:00', '0000-00-00 00:00:00');
-- stream
set session sql_mode = 'ALLOW_INVALID_DATES';
insert into t values (2, '0000-00-00', '838:59:59', '-838:59:59', '0000-00-00 00:00:00', '0000-00-00 00:00:00', '0000-00-00 00:00:00', 0);
insert into t values (3, '2024-00-10', '24:00:00', '-24:00:00.5', '2024-00-10 01:02:03', '2024-05-00 01:02:03.5', null, null);
insert into t values (4, '0069-05-05', '100:00:00', '-100:00:00.000001', '0069-05-05 01:02:03', '0070-05-05 01:02:03.5', null, 1970);
insert into n values (2, '0000-00-00', '0000-00-00 00:00:00', '0000-00-00 00:00:00');
