-- Generated, invisible and defaulted columns, names that need quotes.
create table t (id int primary key, a int, v int generated always as (a * 2) virtual, s int generated always as (a + 1) stored,
  `order by` varchar(20) default 'x', `ünï.cöde"` int, ts timestamp not null default current_timestamp on update current_timestamp);
insert into t (id, a, `ünï.cöde"`) values (1, 5, 6);
-- stream
insert into t (id, a, ts) values (2, 6, '2024-01-01 00:00:00');
update t set a = 7, ts = '2024-01-02 00:00:00' where id = 2;
delete from t where id = 1;
create table `odd-name $x` (`i d` int primary key, `select` int);
insert into `odd-name $x` values (1, 2);
create table `UPPER` (`Id` int primary key, `VALUE` int);
insert into `UPPER` values (1, 2);
