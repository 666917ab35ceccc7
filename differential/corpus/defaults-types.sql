-- Defaults of every type that may have one, in the schemas of keys and values; a column's comment is its field's description.
-- property: key.converter=org.apache.kafka.connect.json.JsonConverter
-- property: key.converter.schemas.enable=true
-- property: value.converter=org.apache.kafka.connect.json.JsonConverter
-- property: value.converter.schemas.enable=true
-- property: include.schema.comments=true
create table t (
  id int not null default 5 comment 'the key', part varchar(10) not null default 'p', a tinyint default -3, b tinyint unsigned not null default 200, c smallint default 12, d smallint unsigned default 60000,
  e mediumint default -8000000, f int unsigned default 4000000000, g bigint default -9223372036854775808, h bigint unsigned default 7,
  i decimal(10,2) default 1.239, j decimal(30,0) default 123456789012345678901234567890, k numeric(6,3) not null default -1.5, l float default 1.5, m double default 2.5e3,
  n bit default b'1', o bit(12) default b'101100001', p char(5) default 'ab', q varchar(20) default 'it''s', r binary(4) default 'ab', s varbinary(4) default 'cd',
  u date default '2024-02-29', v time default '10:11:12', w time(3) default '10:11:12.345', x datetime(6) default '2024-02-29 12:13:14.123456', y datetime(3) not null default '2024-02-29 12:13:14.123',
  z timestamp null default '2024-02-29 12:13:14', aa timestamp null default current_timestamp on update current_timestamp, ab timestamp(3) not null default current_timestamp(3), ac datetime default current_timestamp,
  ad year default 2024, ae enum('x','y') default 'y', af set('p','q','r') default 'p,r', ag tinyint(1) default true, ah int default null, ai varchar(10) not null default '' comment 'it''s empty',
  aj int default 0, ak varchar(10) default '007', al tinyint(1) not null default 0, am datetime not null default now(), an int generated always as (aj + 1) virtual,
  primary key (id, part)) comment 'a table';
insert into t (id, ab) values (1, '2024-02-29 12:13:14.123');
-- stream
insert into t (id) values (2);
create table streamed (
  id int not null default 5 primary key comment 'the key', a tinyint default -3, b tinyint unsigned not null default 200, h bigint unsigned default 7, i decimal(10,2) default 1.239, l float default 1.5, n bit default b'1',
  o bit(12) default b'101100001', q varchar(20) default "it's", r binary(4) default 'ab', u date default '2024-02-29', w time(3) default '10:11:12.345', x datetime(6) default '2024-02-29 12:13:14.123456',
  z timestamp null default '2024-02-29 12:13:14', ab timestamp(3) not null default current_timestamp(3), ac datetime default now(), ad year default 2024, ae enum('x','y') default 'y', af set('p','q','r') default 'p,r',
  ag tinyint(1) default true, ah int default null, ai tinyint not null default 0, aj dec(5,1) default '2.5', ak int default '12', al varchar(5) default 'x' comment 'one', am double default -1.5);
insert into streamed (id) values (1);
alter table streamed alter column ak set default 13;
insert into streamed (id) values (2);
alter table streamed alter column ak drop default, modify column i decimal(12,3) not null default 4.5, add column an varchar(3) default 'abc' comment 'new' first;
insert into streamed (id, ak) values (3, 1);
alter table t modify column c smallint, change column q qq varchar(30) default 'q';
insert into t (id) values (3);
