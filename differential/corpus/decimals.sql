-- Decimals and floating point: extremes of precision, sign and scale.
create table t (id int primary key, a decimal(65,30), b decimal(10,0), c decimal(5,5), d numeric(18,9) unsigned, e float, f double, g float(10,3), h double(20,5), i real);
insert into t values (1, 12345678901234567890123456789012345.123456789012345678901234567890, 9999999999, 0.99999, 1.5, 3.4e38, 1.7e308, 0.001, 12345.6789, 0.1);
-- stream
insert into t values (2, -12345678901234567890123456789012345.123456789012345678901234567890, -9999999999, -0.99999, 0, -3.4e38, -1.7e308, -1.125, -12345.6789, -0.1);
insert into t values (3, 0, 0, 0, 0, 0, 0, 0, 0, 0);
insert into t values (4, 0.000000000000000000000000000001, 1, 0.00001, 999999999.999999999, 1e-38, 1e-308, 0.001, 0.00001, 1e10);
insert into t values (5, -1, -128, -0.5, 128, 16777216, 9007199254740993, 16777.216, 1, 123456789);
insert into t (id) values (6);
