import { VERSIONS } from '../versions.ts';
import type { DebianPackages } from './debian-packages.ts';

/** MySQL as Debian sid has it: no stable release of Debian does. */
export const MYSQL_PACKAGES: DebianPackages = {
  key: `mysql-${VERSIONS.mysql}`,
  title: 'the MySQL server',
  otherwise: 'use MariaDB',
  suite: 'sid',
  packages: ['mysql-server-core', 'libaio1t64'],
  needed: /^(lib|zlib1g|mysql)/,
  keep: ['sbin', 'share/mysql', 'lib/mysql', 'lib/x86_64-linux-gnu'],
};
