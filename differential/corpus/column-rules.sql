-- Columns truncated, masked and hashed.
-- property: column.truncate.to.3.chars=d_column_rules\.t\.short
-- property: column.mask.with.5.chars=.*\.masked,.*\.numeric
-- property: column.mask.with.0.chars=.*\.emptied
-- property: column.mask.hash.SHA-256.with.salt.CzQMA0cB5K=.*\.hashed
-- property: column.mask.hash.v2.MD5.with.salt.CzQMA0cB5K=.*\.hashed_v2
create table t (id int primary key, short varchar(20), masked char(10), emptied text, hashed varchar(100), hashed_v2 varchar(10), `numeric` int);
insert into t values (1, 'äöüß', 'secret', 'secret', 'secret é', 'secret', 42);
insert into t values (2, null, null, null, null, null, null);
-- stream
insert into t values (3, 'äöüß', 'secret', 'secret', 'secret é', 'secret', 42);
insert into t values (4, 'ab', '', '', '', '', 0), (5, null, null, null, null, null, null);
update t set short = '😀é😀', hashed = '😀' where id = 4;
