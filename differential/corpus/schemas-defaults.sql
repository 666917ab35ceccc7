-- The defaults of columns as defaults of schema fields.
-- property: value.converter=org.apache.kafka.connect.json.JsonConverter
-- property: value.converter.schemas.enable=true
create table t (id int primary key, a int not null default 7, b decimal(20,5) not null default 1.5, c varchar(10) default 'abc', d enum('x','y') default 'y',
  e datetime default '2024-01-02 03:04:05', f timestamp not null default current_timestamp, g double default 1.5, h tinyint(1) default 1, i bigint unsigned default 18446744073709551615);
insert into t (id) values (1);
-- stream
insert into t (id) values (2);
alter table t add column j int not null default 3;
insert into t (id) values (3);
