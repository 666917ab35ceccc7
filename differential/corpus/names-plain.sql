-- Names of fields alone, without schemas.
-- property: field.name.adjustment.mode=avro
-- property: skip.messages.without.change=true
-- property: message.key.columns=.*t-1:e_f,a-b
create table `t-1` (`1st` int primary key, `a-b` int, `c d` varchar(5) default 'x', `e_f` int, `_g` int, `h.i` int, `ä` int, `j€` int, plain int);
insert into `t-1` (`1st`, `a-b`, `e_f`) values (1, 1, 1);
create table `2nd$table` (id int, `k-l` int, primary key (id, `k-l`));
insert into `2nd$table` values (1, 1);
-- stream
insert into `t-1` values (2, 2, null, 2, 2, 2, 2, 2, 2);
update `t-1` set `a-b` = 3 where `1st` = 2;
update `t-1` set `1st` = 4 where `1st` = 2;
delete from `t-1` where `1st` = 4;
update `2nd$table` set `k-l` = 2;
alter table `t-1` add column `m-n` int default 3;
insert into `t-1` (`1st`, `a-b`, `e_f`) values (5, 5, 5);
