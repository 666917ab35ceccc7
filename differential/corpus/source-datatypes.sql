-- The declared types of all columns of a type.
-- property: key.converter=org.apache.kafka.connect.json.JsonConverter
-- property: key.converter.schemas.enable=true
-- property: value.converter=org.apache.kafka.connect.json.JsonConverter
-- property: value.converter.schemas.enable=true
-- property: datatype.propagate.source.type=.*\.DECIMAL,.*\.t\.INT UNSIGNED,.*\.varchar
-- property: column.mask.with.0.chars=.*\.t\.masked
create table t (id int unsigned primary key, a int, b decimal(10,2), c decimal(5) unsigned, d varchar(10), masked varchar(10), e char(3));
create table other (id int unsigned primary key, b decimal(4,1));
insert into t values (1, 2, 3.5, 4, 'd', 'masked', 'e');
insert into other values (1, 2);
-- stream
insert into t values (2, 2, 3.5, 4, 'd', 'masked', 'e');
alter table t modify column a decimal(3);
insert into t values (3, 2, 3.5, 4, 'd', 'masked', 'e');
delete from other;
