-- MySQL's binary JSON: numbers, nesting, large documents, partial changes.
-- servers: mysql
create table t (id int primary key, j json);
insert into t values (1, '{"b": 1, "a": [1, 2.5, -0.0, 1e100, true, false, null, "x\\u00e9\\n"]}'), (2, '[]'), (3, '{}'), (4, 'null'), (5, '"text"'), (6, '18446744073709551615'), (7, '-9223372036854775808');
-- stream
insert into t values (11, '{"b": 1, "a": [1, 2.5, -0.0, 1e100, true, false, null, "x\\u00e9\\n"]}'), (12, '[]'), (13, '{}'), (14, 'null'), (15, '"text"'), (16, '18446744073709551615'), (17, '-9223372036854775808');
insert into t values (19, json_array(cast(repeat('9', 65) as decimal(65,0)), 32767, 32768, -32769, 2147483648, 65536, 0.1, 1e-7, 123456789012345678));
insert into t values (20, json_object('k', repeat('v', 70000), repeat('key', 100), 1));
insert into t values (21, json_object('', '', 'quote"', 'back\\slash', 'emoji', '😀'));
insert into t values (23, json_quote('a')), (24, null);
update t set j = json_set(j, '$.b', 2) where id = 11;
update t set j = json_remove(j, '$.a') where id = 11;
