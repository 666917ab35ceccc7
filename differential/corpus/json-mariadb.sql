-- MariaDB's JSON is text with a check: it stays as it was written.
-- servers: mariadb
create table t (id int primary key, j json);
insert into t values (1, '{"b": 1,   "a": [1, 2.5, -0.0, 1e100, true]}'), (2, '[]'), (3, '"text"');
-- stream
insert into t values (4, '{"b": 1,   "a": [1, 2.5, -0.0, 1e100, true]}'), (5, '[]'), (6, '"text"'), (7, null), (8, '{"a": 18446744073709551615, "é": "😀"}');
update t set j = json_set(j, '$.b', 2) where id = 4;
