import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SealaneError } from '@sealane/errors/sealane-error';
import { execa } from 'execa';
import { ensureCached, exists } from '../cache/ensure-cached.ts';
import { readStackEnvironment } from '../env.ts';
import { findExecutable } from '../requirements/find-executable.ts';
import type { Requirement } from '../requirements/requirement.ts';
import type { Launch, ServiceContext } from '../service-definition.ts';
import { debianMirror } from './debian-mirror.ts';

/** A server that is taken from packages of a Debian suite. */
export interface DebianPackages {
  /** Names its folder of the cache, with its version. */
  readonly key: string;
  /** For people: `the MySQL server`. */
  readonly title: string;
  /** What a person can do who cannot install it: `use MariaDB`. */
  readonly otherwise: string;
  readonly suite: string;
  /** Downloaded with everything that they depend on. */
  readonly packages: readonly string[];
  /** Downloaded without what they depend on. */
  readonly alone?: readonly string[];
  /** Names of the downloaded packages that are unpacked; the server loads nothing of the others. */
  readonly needed: RegExp;
  /** The folders of `usr` that the server reads. */
  readonly keep: readonly string[];
}

/** Debian's packages are fetched and verified by debootstrap, which works for root only. */
export function debianSoftware(wanted: DebianPackages): Requirement {
  return {
    name: wanted.key,
    async check() {
      if (await exists(join(readStackEnvironment().cacheFolder, wanted.key))) return null;
      const { title, otherwise } = wanted;
      if (process.getuid?.() !== 0) {
        return {
          why: `${capitalised(title)} is downloaded by debootstrap, which only works for root.`,
          remedy: `Start it once as root with the same SEALANE_CACHE, or ${otherwise}.`,
        };
      }
      if ((await findExecutable('debootstrap')) || (await findExecutable('apt-get'))) return null;
      return {
        why: `debootstrap, which downloads ${title}, is not installed.`,
        remedy: `Install the package debootstrap, or ${otherwise}.`,
      };
    },
  };
}

/** Folder of the server: `usr` of the packages and the libraries they need, run in place without a chroot. */
export function installDebianPackages(context: ServiceContext, wanted: DebianPackages): Promise<string> {
  return ensureCached({
    cacheFolder: context.cacheFolder,
    key: wanted.key,
    async build(folder) {
      const root = join(folder, 'download');
      const unpacked = join(folder, 'unpacked');
      await ensureDebootstrap(context, wanted);
      await download(context, wanted, { root, packages: wanted.packages });
      if (wanted.alone) {
        await download(context, wanted, { root, packages: wanted.alone, options: ['--no-resolve-deps'] });
      }
      context.report('unpacking');
      await unpack(join(root, 'var', 'cache', 'apt', 'archives'), unpacked, wanted.needed);
      for (const part of wanted.keep) {
        // A rename of a folder that is missing shows a changed package here, not when the server starts.
        const target = join(folder, 'usr', part);
        await mkdir(dirname(target), { recursive: true });
        await rename(join(unpacked, 'usr', part), target);
      }
      await Promise.all([root, unpacked].map((path) => rm(path, { recursive: true, force: true })));
    },
  });
}

/** Starts a program under the C library it was built for: that library's own loader starts it, so that no chroot is needed. */
export function underOwnLoader(software: string, options: { program: string; libraries?: string[] }): Launch {
  const libraries = join(software, 'usr', 'lib', 'x86_64-linux-gnu');
  const path = [libraries, ...(options.libraries ?? [])].join(':');
  return {
    command: join(libraries, 'ld-linux-x86-64.so.2'),
    args: ['--library-path', path, options.program],
  };
}

async function download(
  context: ServiceContext,
  wanted: DebianPackages,
  what: { root: string; packages: readonly string[]; options?: readonly string[] },
): Promise<void> {
  const mirror = await debianMirror();
  const args = ['--download-only', '--variant=minbase', ...(what.options ?? [])];
  args.push(`--include=${what.packages.join(',')}`, wanted.suite, what.root, ...(mirror ? [mirror] : []));
  await runReporting(context, { program: 'debootstrap', args, title: wanted.title });
}

async function unpack(archives: string, unpacked: string, needed: RegExp): Promise<void> {
  await mkdir(join(unpacked, 'usr', 'lib'), { recursive: true });
  // Packages of Debian 12 have some libraries in `lib`, which is the same folder on every Debian of today.
  await symlink(join('usr', 'lib'), join(unpacked, 'lib'));
  for (const name of await readdir(archives)) {
    if (!needed.test(name)) continue;
    const tar = ['-x', '--keep-directory-symlink', '--no-same-owner', '-C', unpacked];
    await execa('dpkg-deb', ['--fsys-tarfile', join(archives, name)], { buffer: false }).pipe('tar', tar);
  }
}

async function ensureDebootstrap(context: ServiceContext, { title }: DebianPackages): Promise<void> {
  if (await findExecutable('debootstrap')) return;
  context.report('installing debootstrap');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const args = ['install', '-y', '-qq', 'debootstrap'];
  await runReporting(context, { program: 'apt-get', args: ['update', '-qq'], title, env });
  await runReporting(context, { program: 'apt-get', args, title, env });
}

async function runReporting(
  context: ServiceContext,
  command: { program: string; args: readonly string[]; title: string; env?: Record<string, string> },
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
    message: `${command.program} failed while it fetched ${command.title}.`,
    why: result.all.split('\n').slice(-6).join('\n'),
    remedy: 'Check that this machine reaches its Debian mirror, and try again.',
    retriable: true,
  });
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
