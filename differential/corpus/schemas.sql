-- Keys and values within their Connect schemas, for every type that both servers have.
-- property: key.converter=org.apache.kafka.connect.json.JsonConverter
-- property: key.converter.schemas.enable=true
-- property: value.converter=org.apache.kafka.connect.json.JsonConverter
-- property: value.converter.schemas.enable=true
create table t (
  id bigint unsigned not null, part varchar(10) not null, a tinyint, b tinyint unsigned, c smallint unsigned, d mediumint, e int unsigned, f bigint,
  g decimal(20,5) not null, h float, i double, j bit, k bit(12), l char(3) not null, m text, n binary(4), o blob,
  p date, q time(6), r datetime, s datetime(6), t timestamp(3) null, u year, v enum('x','y') not null, w set('p','q'), x json, y point, z bool,
  primary key (id, part));
insert into t (id, part, g, l, v) values (1, 'a', 1.5, 'abc', 'y');
create table keyless (a int, b int not null);
insert into keyless values (1, 2);
-- stream
insert into t values (2, 'b', 1, 2, 3, 4, 5, 6, 7.5, 8.5, 9.5, b'1', b'101', 'abc', 'text', 'bin', 'blob', '2024-02-29', '10:11:12.345678',
  '2024-02-29 12:13:14', '2024-02-29 12:13:14.123456', '2024-02-29 12:13:14.123', 2024, 'x', 'p,q', '{"a":1}', st_geomfromtext('POINT(1 2)'), false);
update t set a = 2 where id = 2;
delete from t where id = 1;
update t set id = 3 where id = 2;
update keyless set a = 5;
delete from keyless;
alter table t add column extra int;
insert into t (id, part, g, l, v) values (4, 'c', 1.5, 'abc', 'y');
