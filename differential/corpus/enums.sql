-- ENUM and SET: labels with quotes and commas, empty values, 64 members, changed in the stream.
set session sql_mode = '';
create table t (id int primary key, a enum('x','y''z','a,b','ü','') character set utf8mb4, b set('one','two','three','fo ur'), c enum('1','2') not null default '2');
insert into t values (1, 'x', 'one,three', '1'), (2, 'y''z', '', '2'), (3, 'a,b', 'fo ur,one', '1'), (4, 'nonsense', 'one', 'nonsense');
-- stream
set session sql_mode = '';
insert into t values (5, 'x', 'one,three', '1'), (6, 'y''z', '', '2'), (7, 'a,b', 'fo ur,one', '1'), (8, 'nonsense', 'one', 'nonsense'), (9, '', null, '1'), (10, null, 'one,two,three,fo ur', '1');
alter table t modify a enum('x','y''z','a,b','ü','','new') character set utf8mb4, modify b set('one','two','three','fo ur','five');
insert into t values (11, 'new', 'five,one', '1');
create table big (id int primary key, s set('s01','s02','s03','s04','s05','s06','s07','s08','s09','s10','s11','s12','s13','s14','s15','s16','s17','s18','s19','s20','s21','s22','s23','s24','s25','s26','s27','s28','s29','s30','s31','s32','s33','s34','s35','s36','s37','s38','s39','s40','s41','s42','s43','s44','s45','s46','s47','s48','s49','s50','s51','s52','s53','s54','s55','s56','s57','s58','s59','s60','s61','s62','s63','s64'));
insert into big values (1, 's64'), (2, 's01,s33,s64'), (3, 's32');
