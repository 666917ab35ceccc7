-- Zero dates in columns with a default, in rows and as the default.
-- property: key.converter=org.apache.kafka.connect.json.JsonConverter
-- property: key.converter.schemas.enable=true
-- property: value.converter=org.apache.kafka.connect.json.JsonConverter
-- property: value.converter.schemas.enable=true
set sql_mode = '';
create table t (id int primary key, a date default '2024-02-29', b date not null default '2024-02-29', c datetime default '2024-02-29 12:13:14', d datetime not null default '2024-02-29 12:13:14', e date default '0000-00-00', f date not null default '0000-00-00', g datetime not null default '0000-00-00 00:00:00', h datetime(6) default '0000-00-00 00:00:00.000000', i timestamp not null default '0000-00-00 00:00:00');
insert into t values (1, '0000-00-00', '0000-00-00', '0000-00-00', '0000-00-00', null, '2024-01-01', '2024-01-01', null, '2024-01-01');
insert into t (id) values (2);
-- stream
set sql_mode = '';
insert into t values (3, '0000-00-00', '0000-00-00', '0000-00-00', '0000-00-00', null, '2024-01-01', '2024-01-01', null, '2024-01-01');
