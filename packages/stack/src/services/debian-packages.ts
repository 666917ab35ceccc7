import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SealaneError } from '@sealane/errors/sealane-error';
import { execa } from 'execa';
import { ensureCached, exists } from '../cache/ensure-cached.ts';
import { readStackEnvironment } from '../env.ts';
import type { Requirement } from '../requirements/requirement.ts';
import type { Launch, ServiceContext } from '../service-definition.ts';
import { debianMirror } from './debian-mirror.ts';
import {
  type Debootstrap,
  debootstrapMissing,
  prepareDebootstrap,
  type RunReporting,
} from './debootstrap.ts';

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

/** Debian's packages are fetched and verified by debootstrap. */
export function debianSoftware(wanted: DebianPackages): Requirement {
  return {
    name: wanted.key,
    async check() {
      if (await exists(join(readStackEnvironment().cacheFolder, wanted.key))) return null;
      const missing = await debootstrapMissing();
      if (missing === null) return null;
      const { title, otherwise } = wanted;
      return {
        why: `${capitalised(title)} is taken from Debian's packages. ${capitalised(missing.why)}`,
        remedy: `${missing.remedy}, or ${otherwise}.`,
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
      const tools = join(folder, 'tools');
      await mkdir(tools);
      const run: RunReporting = (command) => runReporting(context, { ...command, title: wanted.title });
      const debootstrap = await prepareDebootstrap(run, tools);
      const download = downloader(run, { debootstrap, suite: wanted.suite, root });
      await download(wanted.packages);
      if (wanted.alone) await download(wanted.alone, '--no-resolve-deps');
      context.report('unpacking');
      await unpack(join(root, 'var', 'cache', 'apt', 'archives'), unpacked, wanted.needed);
      for (const part of wanted.keep) {
        // A rename of a folder that is missing shows a changed package here, not when the server starts.
        const target = join(folder, 'usr', part);
        await mkdir(dirname(target), { recursive: true });
        await rename(join(unpacked, 'usr', part), target);
      }
      await Promise.all([tools, root, unpacked].map((path) => rm(path, { recursive: true, force: true })));
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

function downloader(
  run: RunReporting,
  { debootstrap, suite, root }: { debootstrap: Debootstrap; suite: string; root: string },
): (packages: readonly string[], ...options: string[]) => Promise<void> {
  const { program, env } = debootstrap;
  return async (packages, ...options) => {
    const mirror = await debianMirror();
    const args = [...debootstrap.args, '--download-only', '--variant=minbase', ...options];
    args.push(`--include=${packages.join(',')}`, suite, root, ...(mirror ? [mirror] : []));
    await run({ program, args, env });
  };
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

async function runReporting(
  context: ServiceContext,
  command: Parameters<RunReporting>[0] & { title: string },
): Promise<void> {
  const run = execa(command.program, command.args, {
    all: true,
    reject: false,
    stdin: 'ignore',
    ...(command.env ? { env: command.env } : {}),
    ...(command.cwd ? { cwd: command.cwd } : {}),
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
