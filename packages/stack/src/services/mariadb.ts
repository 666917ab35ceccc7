import { linuxX64, setpriv } from '../requirements/machine-requirements.ts';
import type { ServiceContext, ServiceDefinition } from '../service-definition.ts';
import type { MariadbOptions } from '../stack-options.ts';
import { VERSIONS } from '../versions.ts';
import { createMariadbData } from './mariadb-data.ts';
import { binlogEncryption } from './mariadb-keys.ts';
import { installMariadb, mariadbRequirements } from './mariadb-software.ts';
import {
  checkDatabase,
  databaseAddress,
  databaseLogins,
  settleDatabase,
  sharedServerArgs,
} from './source-database.ts';

/** MariaDB, set up for change data capture. */
export const mariadb: ServiceDefinition<'mariadb'> = {
  name: 'mariadb',
  // Without the version, which the options may change.
  title: 'MariaDB',
  needs: [],
  requirements: ({ mariadb: options = {} }) => [linuxX64, setpriv, ...mariadbRequirements(options)],
  stopSignal: 'SIGTERM',

  async prepare(context) {
    const options = optionsOf(context);
    const software = await installMariadb(context, options);
    await createMariadbData(context, { software, title: `MariaDB ${versionOf(options)}` });
  },

  async launch(context) {
    const options = optionsOf(context);
    const { server } = await installMariadb(context, options);
    return {
      command: server.command,
      args: [
        ...server.args,
        ...sharedServerArgs(context, options),
        `--server-id=${options.serverId ?? 1}`,
        '--gtid-strict-mode=ON',
        // Else the server makes itself an RSA key at each start, which takes it from 1 to 15 s.
        '--skip-ssl',
        '--collation-server=utf8mb4_general_ci',
        ...(options.encryptedBinlog === true ? await binlogEncryption(context) : []),
        ...(options.extraArgs ?? []),
      ],
    };
  },

  health: checkDatabase,
  settle: (context) => settleDatabase(context, accounts(context)),
  describe: (context) =>
    databaseAddress(context, { flavour: 'mariadb', version: versionOf(optionsOf(context)) }),
};

function optionsOf(context: ServiceContext): MariadbOptions {
  return context.options.mariadb ?? {};
}

function versionOf({ release }: MariadbOptions): string {
  return release ?? VERSIONS.mariadb;
}

function accounts(context: ServiceContext): string[] {
  const { admin, capture } = databaseLogins(context);
  return [
    // install-db leaves anonymous accounts and one for root per host name, which would win over root@'%'.
    "DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> 'localhost')",
    'FLUSH PRIVILEGES',
    `CREATE OR REPLACE USER '${capture.user}'@'%' IDENTIFIED BY '${capture.password}'`,
    // REPLICATION MASTER ADMIN is what SHOW REPLICA HOSTS takes, by which a server_id in use is found.
    `GRANT SELECT, RELOAD, SHOW DATABASES, LOCK TABLES, REPLICATION SLAVE, BINLOG MONITOR, REPLICATION MASTER ADMIN ON *.* TO '${capture.user}'@'%'`,
    `CREATE OR REPLACE USER '${admin.user}'@'%' IDENTIFIED BY '${admin.password}'`,
    `GRANT ALL PRIVILEGES ON *.* TO '${admin.user}'@'%' WITH GRANT OPTION`,
    `ALTER USER '${admin.user}'@'localhost' IDENTIFIED BY '${admin.password}'`,
  ];
}
