import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { findExecutable } from '../requirements/find-executable.ts';

/** A command line without the arguments of its own. */
export interface Debootstrap {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a program and reports what it says; throws when it fails. */
export type RunReporting = (command: {
  program: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  cwd?: string;
}) => Promise<void>;

const isRoot = (): boolean => process.getuid?.() === 0;
/** Makes the caller root of a user namespace of its own (unshare(1)): enough for debootstrap, which asks for root even to download. */
const AS_ROOT = '--map-root-user';

/** Why debootstrap cannot be had here, and what helps; null when it can. */
export async function debootstrapMissing(): Promise<{ why: string; remedy: string } | null> {
  const hasDebootstrap = (await findExecutable('debootstrap')) !== null;
  if (!hasDebootstrap && (await findExecutable('apt-get')) === null) {
    return {
      why: 'debootstrap, which downloads it, is not installed.',
      remedy: 'Install the package debootstrap',
    };
  }
  if (isRoot() || (await mayUnshare())) return null;
  return {
    why: 'debootstrap, which downloads it, works for root only, and this user may not make user namespaces.',
    remedy: 'Start it once as root with the same SEALANE_CACHE',
  };
}

async function mayUnshare(): Promise<boolean> {
  const { failed } = await execa('unshare', [AS_ROOT, 'true'], { reject: false, stdin: 'ignore' });
  return !failed;
}

/** Brings debootstrap about where it is missing: root installs it, anyone else unpacks it into `folder`. */
export async function prepareDebootstrap(run: RunReporting, folder: string): Promise<Debootstrap> {
  const installed = await findExecutable('debootstrap');
  if (isRoot()) {
    if (installed === null) await install(run);
    return { program: 'debootstrap', args: [], env: {} };
  }
  if (installed !== null) return { program: 'unshare', args: [AS_ROOT, installed], env: {} };
  const unpacked = await unpackPackage(run, folder);
  return {
    program: 'unshare',
    args: [AS_ROOT, join(unpacked, 'usr', 'sbin', 'debootstrap')],
    env: { DEBOOTSTRAP_DIR: join(unpacked, 'usr', 'share', 'debootstrap') },
  };
}

async function install(run: RunReporting): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run({ program: 'apt-get', args: ['update', '-qq'], env });
  await run({ program: 'apt-get', args: ['install', '-y', '-qq', 'debootstrap'], env });
}

/** debootstrap is shell scripts alone. */
async function unpackPackage(run: RunReporting, folder: string): Promise<string> {
  await run({ program: 'apt-get', args: ['download', 'debootstrap'], cwd: folder });
  const [archive] = (await readdir(folder)).filter((name) => /^debootstrap.*\.deb$/.test(name));
  const unpacked = join(folder, 'debootstrap');
  await run({ program: 'dpkg-deb', args: ['-x', join(folder, archive ?? 'debootstrap.deb'), unpacked] });
  return unpacked;
}
