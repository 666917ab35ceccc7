-- Keys that the configuration chooses.
-- property: message.key.columns=d_message_keys\.a:b,c;(.*)\.k:x
create table a (id int primary key, b int, c varchar(10));
create table k (x int, y int);
insert into a values (1, 2, 'three'), (2, null, null);
insert into k values (1, 1);
-- stream
insert into a values (3, 4, 'five');
update a set id = 30 where id = 3;
update a set b = 40 where id = 30;
delete from a where id = 30;
insert into k values (2, 2);
update k set y = 3;
update k set x = 4 where x = 2;
delete from k;
