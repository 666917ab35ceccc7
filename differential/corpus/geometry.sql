-- Spatial types with and without a reference system.
create table t (id int primary key, g geometry, p point, l linestring, y polygon, mp multipoint, gc geometrycollection);
insert into t values (1, st_geomfromtext('POINT(1 2)'), st_geomfromtext('POINT(-1.5 2.25)'), st_geomfromtext('LINESTRING(0 0,1 1,2 0)'),
  st_geomfromtext('POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 2,1 1))'), st_geomfromtext('MULTIPOINT(1 1,2 2)'), st_geomfromtext('GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))'));
-- stream
insert into t values (2, st_geomfromtext('POINT(1 2)'), st_geomfromtext('POINT(-1.5 2.25)', 4326), st_geomfromtext('LINESTRING(0 0,1 1,2 0)'),
  st_geomfromtext('POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 2,1 1))'), st_geomfromtext('MULTIPOINT(1 1,2 2)'), st_geomfromtext('GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))'));
insert into t (id) values (3);
