-- Strings: charsets, escapes, emoji, trailing blanks, sizes.
create table t (
  id int primary key, a char(10), b varchar(100), c text, d tinytext, e mediumtext, f longtext, g varchar(50) character set latin1,
  h varchar(50) character set utf8mb3, i varchar(50) character set ucs2, j varchar(50) character set utf16,
  k varchar(50) character set utf32, l varchar(50) character set gbk, m varchar(50) character set sjis,
  n varchar(50) character set cp1251, o varchar(50) character set big5, p varchar(50) character set euckr,
  q varchar(50) character set koi8r, r varchar(50) character set ascii) default charset utf8mb4;
insert into t values (1, 'abc  ', 'tab\tquote"back\\slash\nline', 'ünïcödé', '😀', 'x', 'y', 'äöüß€', 'żółć', 'ž', 'ž😀', '😀', '汉字', 'カナ', 'Привет', '漢字', '한글', 'Привет', 'plain');
-- stream
insert into t values (2, 'abc  ', 'tab\tquote"back\\slash\nline', 'ünïcödé', '😀', 'x', 'y', 'äöüß€', 'żółć', 'ž', 'ž😀', '😀', '汉字', 'カナ', 'Привет', '漢字', '한글', 'Привет', 'plain');
insert into t values (3, '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '');
insert into t (id) values (4);
insert into t (id, b, c, f) values (5, concat(char(0), char(1), char(31), char(127)), repeat('é', 20000), repeat('long ', 50000));
insert into t (id, b) values (6, '</script> \u2028 / \b \f');
