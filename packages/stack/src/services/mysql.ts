import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { exists } from '../cache/ensure-cached.ts';
import { linuxX64, setpriv } from '../requirements/machine-requirements.ts';
import type { Launch, ServiceContext, ServiceDefinition } from '../service-definition.ts';
import { VERSIONS } from '../versions.ts';
import { debianSoftware, installDebianPackages, underOwnLoader } from './debian-packages.ts';
import { type KeyringProgram, prepareKeyring } from './mysql-keyring.ts';
import { MYSQL_PACKAGES } from './mysql-software.ts';
import {
  checkDatabase,
  databaseAddress,
  databaseLogins,
  initialiseFailed,
  makeServiceFolder,
  settleDatabase,
  sharedServerArgs,
} from './source-database.ts';

const TITLE = `MySQL ${VERSIONS.mysql}`;

/** MySQL, set up for change data capture with GTIDs. */
export const mysql: ServiceDefinition<'mysql'> = {
  name: 'mysql',
  title: TITLE,
  needs: [],
  requirements: () => [linuxX64, setpriv, debianSoftware(MYSQL_PACKAGES)],
  stopSignal: 'SIGTERM',

  async prepare(context) {
    const software = await installDebianPackages(context, MYSQL_PACKAGES);
    await makeServiceFolder(context);
    if (await exists(join(context.folder, 'data'))) return;
    context.report('creating the data folder');
    const fresh = join(context.folder, 'data.new');
    await rm(fresh, { recursive: true, force: true });
    const server = serverCommand(software);
    const args = [...server.args, `--datadir=${fresh}`, '--initialize-insecure'];
    if (process.getuid?.() === 0) args.push('--user=root');
    const result = await execa(server.command, args, { reject: false, all: true });
    if (result.failed) throw initialiseFailed(TITLE, result.all);
    await rename(fresh, join(context.folder, 'data'));
  },

  async launch(context) {
    const software = await installDebianPackages(context, MYSQL_PACKAGES);
    const options = context.options.mysql ?? {};
    const keyring = options.encryptedBinlog === true ? await prepareKeyring(context, software) : null;
    const server = serverCommand(software, keyring);
    return {
      command: server.command,
      args: [
        ...server.args,
        ...sharedServerArgs(context, options),
        `--server-id=${options.serverId ?? 2}`,
        '--gtid-mode=ON',
        '--enforce-gtid-consistency=ON',
        '--mysqlx=OFF',
        ...(keyring === null ? [] : ['--binlog-encryption=ON']),
        ...(options.extraArgs ?? []),
      ],
    };
  },

  health: checkDatabase,
  settle: (context) => settleDatabase(context, accounts(context)),
  describe: (context) => databaseAddress(context, { flavour: 'mysql', version: VERSIONS.mysql }),
};

function serverCommand(software: string, keyring: KeyringProgram | null = null): Launch {
  const share = join(software, 'usr', 'share', 'mysql');
  const { command, args } = underOwnLoader(software, {
    program: keyring?.mysqld ?? join(software, 'usr', 'sbin', 'mysqld'),
    libraries: [join(software, 'usr', 'lib', 'mysql', 'private')],
  });
  return {
    command,
    args: [
      ...args,
      '--no-defaults',
      `--basedir=${join(software, 'usr')}`,
      `--lc-messages-dir=${share}`,
      `--character-sets-dir=${join(share, 'charsets')}`,
      `--plugin-dir=${keyring?.pluginFolder ?? join(software, 'usr', 'lib', 'mysql', 'plugin')}`,
      '--secure-file-priv=',
    ],
  };
}

function accounts(context: ServiceContext): string[] {
  const { admin, capture } = databaseLogins(context);
  return [
    `CREATE USER IF NOT EXISTS '${capture.user}'@'%' IDENTIFIED BY '${capture.password}'`,
    `GRANT SELECT, RELOAD, SHOW DATABASES, LOCK TABLES, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO '${capture.user}'@'%'`,
    `CREATE USER IF NOT EXISTS '${admin.user}'@'%' IDENTIFIED BY '${admin.password}'`,
    `GRANT ALL PRIVILEGES ON *.* TO '${admin.user}'@'%' WITH GRANT OPTION`,
    `ALTER USER '${admin.user}'@'localhost' IDENTIFIED BY '${admin.password}'`,
  ];
}
