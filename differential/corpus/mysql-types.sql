-- Types and columns that only MySQL has.
-- servers: mysql
create table t (id int primary key, v vector(3), inv int invisible default 3);
insert into t (id, v) values (1, string_to_vector('[1,2.5,-3]'));
-- stream
insert into t (id, v) values (2, string_to_vector('[1,2.5,-3]'));
insert into t (id, inv) values (3, 4);
set session sql_generate_invisible_primary_key = on;
create table gipk (a int);
insert into gipk values (5), (6);
update gipk set a = 7 where a = 5;
