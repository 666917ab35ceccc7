import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { SealaneError } from '@sealane/errors/sealane-error';
import { execa } from 'execa';
import { ensureCached, exists } from '../cache/ensure-cached.ts';
import { readStackEnvironment } from '../env.ts';
import { findExecutable } from '../requirements/find-executable.ts';
import type { Requirement } from '../requirements/requirement.ts';
import type { ServiceContext } from '../service-definition.ts';
import { VERSIONS } from '../versions.ts';
import { debianMirror } from './debian-mirror.ts';

const CACHE_KEY = `mysql-${VERSIONS.mysql}`;
const PACKAGES = ['mysql-server-core', 'libaio1t64'];
/** Nothing of these is loaded by mysqld; of the others most are libraries. */
const NEEDED = /^(lib|mysql)/;

/** MySQL comes from Debian's own packages, which debootstrap fetches and verifies, and debootstrap works for root only. */
export const mysqlSoftware: Requirement = {
  name: 'mysql-software',
  async check() {
    if (await exists(join(readStackEnvironment().cacheFolder, CACHE_KEY))) return null;
    if (process.getuid?.() !== 0) {
      return {
        why: 'The MySQL server is downloaded by debootstrap, which only works for root.',
        remedy: 'Run `npm run stack -- up mysql` once as root with the same SEALANE_CACHE, or use MariaDB.',
      };
    }
    if ((await findExecutable('debootstrap')) || (await findExecutable('apt-get'))) return null;
    return {
      why: 'debootstrap, which downloads the MySQL server, is not installed.',
      remedy: 'Install the package debootstrap, or use MariaDB.',
    };
  },
};

/** Folder of the MySQL server: `usr` of the packages and the libraries they need, run in place without a chroot. */
export function installMysql(context: ServiceContext): Promise<string> {
  return ensureCached({
    cacheFolder: context.cacheFolder,
    key: CACHE_KEY,
    async build(folder) {
      await ensureDebootstrap(context);
      const root = join(folder, 'download');
      const mirror = await debianMirror();
      const command = [
        '--download-only',
        '--variant=minbase',
        `--include=${PACKAGES.join(',')}`,
        'sid',
        root,
      ];
      await runReporting(context, { program: 'debootstrap', args: mirror ? [...command, mirror] : command });
      const archives = join(root, 'var', 'cache', 'apt', 'archives');
      const unpacked = join(folder, 'unpacked');
      await mkdir(unpacked);
      context.report('unpacking');
      for (const name of await readdir(archives)) {
        if (NEEDED.test(name)) await execa('dpkg-deb', ['-x', join(archives, name), unpacked]);
      }
      await keepServer(unpacked, folder);
      await execa('rm', ['-rf', root, unpacked]);
    },
  });
}

/** Keeps the parts of `usr` that mysqld reads; an early rename of one that is missing shows a changed package. */
async function keepServer(unpacked: string, folder: string): Promise<void> {
  for (const part of ['sbin', 'share', 'lib/mysql', 'lib/x86_64-linux-gnu']) {
    const target = join(folder, 'usr', part);
    await mkdir(join(target, '..'), { recursive: true });
    if (part === 'share') {
      await mkdir(target);
      await rename(join(unpacked, 'usr', 'share', 'mysql'), join(target, 'mysql'));
    } else {
      await rename(join(unpacked, 'usr', part), target);
    }
  }
}

async function ensureDebootstrap(context: ServiceContext): Promise<void> {
  if (await findExecutable('debootstrap')) return;
  context.report('installing debootstrap');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runReporting(context, { program: 'apt-get', args: ['update', '-qq'], env });
  await runReporting(context, { program: 'apt-get', args: ['install', '-y', '-qq', 'debootstrap'], env });
}

async function runReporting(
  context: ServiceContext,
  command: { program: string; args: readonly string[]; env?: Record<string, string> },
): Promise<void> {
  const run = execa(command.program, command.args, {
    all: true,
    reject: false,
    stdin: 'ignore',
    ...(command.env ? { env: command.env } : {}),
    ...(context.signal ? { cancelSignal: context.signal } : {}),
  });
  let retrieved = 0;
  for await (const line of run.iterable({ from: 'all' })) {
    const name = /^I: Retrieving (\S+)/.exec(line)?.[1];
    if (name && !name.startsWith('Packages') && !name.startsWith('InRelease')) {
      retrieved += 1;
      context.report(`downloading ${name} (package ${retrieved})`);
    }
  }
  const result = await run;
  context.signal?.throwIfAborted();
  if (!result.failed) return;
  throw new SealaneError({
    code: 'STACK_DOWNLOAD_FAILED',
    message: `${command.program} failed while it fetched the MySQL server.`,
    why: result.all.split('\n').slice(-6).join('\n'),
    remedy: 'Check that this machine reaches its Debian mirror, and try again.',
    retriable: true,
  });
}
