#!/bin/sh
# Runs once, when the image creates the data folder: the account that captures, with the least it needs.
set -eu
mariadb --user=root --password="$MARIADB_ROOT_PASSWORD" <<SQL
SET SESSION sql_log_bin = 0;
CREATE OR REPLACE USER 'sealane'@'%' IDENTIFIED BY '$SOURCE_CAPTURE_PASSWORD';
GRANT SELECT, RELOAD, SHOW DATABASES, LOCK TABLES, REPLICATION SLAVE, BINLOG MONITOR, REPLICATION MASTER ADMIN ON *.* TO 'sealane'@'%';
SQL
