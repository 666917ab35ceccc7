-- Keys: composite, changed, none, unique only.
create table composite (a int, b varchar(10), c int, primary key (b, a));
create table keyless (a int, b varchar(10));
create table uniq (a int not null, b int not null, c int, unique key ub (b), unique key ua (a));
create table uniqnull (a int, b int, unique key (a));
insert into composite values (1, 'x', 1), (2, 'y"', 2);
insert into keyless values (1, 'x'), (1, 'x');
insert into uniq values (1, 2, 3);
insert into uniqnull values (1, 2);
-- stream
insert into composite values (3, 'z', 3);
update composite set a = 10 where b = 'x';
update composite set b = 'q', c = 9 where a = 3;
update composite set c = 5;
delete from composite where a = 2;
insert into keyless values (2, 'y'), (null, null);
update keyless set b = 'z' where a = 1;
delete from keyless where a = 1;
insert into uniq values (4, 5, 6);
update uniq set b = 50 where a = 4;
update uniq set a = 40 where b = 50;
delete from uniq;
insert into uniqnull values (3, 4), (null, null);
delete from uniqnull;
