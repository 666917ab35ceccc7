-- Types that only MariaDB has. Not among them: INET4 and INET6, refused by Debezium's DDL parser.
-- servers: mariadb
create table t (id int primary key, u uuid, v int invisible default 3);
insert into t values (1, '123e4567-e89b-12d3-a456-426655440000');
-- stream
insert into t values (2, '123e4567-e89b-12d3-a456-426655440000');
insert into t (id, v) values (3, 4);
