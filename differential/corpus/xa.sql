-- XA transactions: rows come with PREPARE, whatever becomes of them.
create table t (id int primary key, v int);
insert into t values (1, 1);
-- stream
xa start 'a';
insert into t values (2, 1), (3, 1);
update t set v = 2 where id = 1;
xa end 'a';
xa prepare 'a';
xa commit 'a';
insert into t values (4, 1);
xa start 'b';
delete from t where id = 4;
xa end 'b';
xa commit 'b' one phase;
xa start 'c';
insert into t values (5, 1);
xa end 'c';
xa prepare 'c';
xa rollback 'c';
insert into t values (6, 1);
