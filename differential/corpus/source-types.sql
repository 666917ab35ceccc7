-- The declared types of columns in their schemas, together with rules on the same columns.
-- property: key.converter=org.apache.kafka.connect.json.JsonConverter
-- property: key.converter.schemas.enable=true
-- property: value.converter=org.apache.kafka.connect.json.JsonConverter
-- property: value.converter.schemas.enable=true
-- property: include.schema.comments=true
-- property: column.propagate.source.type=.*\.(t|u)\..*
-- property: column.truncate.to.5.chars=.*\.t\.cut
-- property: column.mask.with.3.chars=.*\.t\.masked
create table t (
  id int unsigned primary key comment 'the key', cut varchar(10) default 'abcdefgh', masked varchar(10) default 'secret', a tinyint(1) not null default 1, b bigint(20) unsigned zerofill, c decimal(10,2) default 1.5 comment 'an amount', d decimal(7), e float, f double(8,2),
  g char(3), h text, i mediumtext, j varbinary(9), k longblob, l date, m time(3), n datetime(6), o timestamp null, p year, q enum('x','yy','zzz'), r set('p','q'), s json, u bit(9), v bool, w real, x numeric(5,1), y nvarchar(5), z integer);
create table other (id int primary key, a varchar(5));
insert into t (id, cut, masked) values (1, 'abcdefgh', 'secret');
insert into t (id, cut, masked) values (2, null, null);
insert into other values (1, 'a');
-- stream
insert into t (id, cut, masked) values (3, 'abcdefgh', 'secret');
insert into t (id, cut, masked) values (4, null, null);
create table u (
  id int unsigned primary key comment 'the key', a tinyint(1) not null default 1, b bigint(20) unsigned zerofill, c dec(10,2) default 1.5 comment 'an amount', d decimal(7), dd decimal, e float, f double precision, ff double(8,2), g char, gg character varying(7),
  h text, i text(100), j varbinary(9), k longblob, l date, m time(3), n datetime(6), o timestamp null, p year, pp year(4), q enum('x','yy','zzz'), r set('p','q'), u bit(9), uu bit, x numeric(5,1), y nvarchar(5), z integer, zz mediumint signed);
insert into u (id) values (1);
alter table u modify column z int(7) comment 'changed';
insert into u (id) values (2);
