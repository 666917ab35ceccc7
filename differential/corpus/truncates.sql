-- Truncated tables as records of their own.
-- property: skipped.operations=none
create table t (id int primary key, a int);
insert into t values (1, 1), (2, 2);
-- stream
insert into t values (3, 3);
truncate table t;
insert into t values (4, 4);
truncate t;
insert into t values (5, 5);
truncate /* all */ table `t`;
insert into t values (6, 6);
/* first */ truncate table d_truncates . t;
