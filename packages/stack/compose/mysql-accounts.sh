#!/bin/sh
# Runs once, when the image creates the data folder: the account that captures, with the least it needs.
set -eu
MYSQL_PWD="$MYSQL_ROOT_PASSWORD" mysql --user=root <<SQL
SET SESSION sql_log_bin = 0;
CREATE USER IF NOT EXISTS 'sealane'@'%' IDENTIFIED BY '$SOURCE_CAPTURE_PASSWORD';
GRANT SELECT, RELOAD, SHOW DATABASES, LOCK TABLES, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'sealane'@'%';
SQL
