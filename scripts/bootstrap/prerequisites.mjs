import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runStep } from './run-step.mjs';

/**
 * What the machine itself must have. `packages` are Debian's: as root they are installed, otherwise named.
 * An optional one only narrows what can be shown, and says so.
 */
const prerequisites = {
  compiler: {
    present: () => installed('node-rdkafka') || (onPath('g++') && onPath('make') && onPath('python3')),
    packages: ['g++', 'make', 'python3'],
    why: 'the Kafka client (librdkafka) is compiled from its package',
  },
  java: {
    present: () => onPath('java'),
    packages: ['default-jdk-headless'],
    why: 'Kafka, Kafka Connect and the registry run on Java 17 or newer',
  },
  maven: {
    present: () => onPath('mvn'),
    packages: ['maven'],
    why: 'the services are fetched as Maven artifacts',
  },
  chromium: {
    present: () => existsSync('/usr/bin/chromium') || onPath('chromium') || onPath('google-chrome'),
    packages: ['chromium'],
    why: 'the browser tests drive it',
    optional: true,
  },
  debootstrap: {
    present: () => onPath('debootstrap') || process.getuid?.() !== 0,
    packages: ['debootstrap'],
    why: 'it fetches MySQL and further releases of MariaDB into a folder',
    optional: true,
  },
};

/** Installs or names what is missing; throws one clear line per missing thing that the command cannot do without. */
export async function checkPrerequisites(names) {
  checkNode();
  const missing = names.map((name) => ({ name, ...prerequisites[name] })).filter((item) => !item.present());
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && onPath('apt-get'))
    await aptInstall(missing.flatMap((item) => item.packages));
  const still = missing.filter((item) => !item.present());
  for (const item of still.filter((candidate) => candidate.optional)) {
    process.stderr.write(
      `Note: ${item.name} is missing (${item.why}); what needs it is skipped. Install: ${item.packages.join(' ')}\n`,
    );
  }
  const fatal = still.filter((item) => !item.optional);
  if (fatal.length > 0)
    throw new Error(
      fatal
        .map((item) => `Missing: ${item.name}, for ${item.why}. Install: ${item.packages.join(' ')}`)
        .join('\n'),
    );
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(
      `Node ${process.versions.node} is too old: Sealane needs 20.19 or newer (22 and 24 work too).`,
    );
  }
}

async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await runStep('Updating the package lists', ['apt-get', 'update', '-qq'], { env });
    await runStep(
      `Installing ${packages.join(' ')}`,
      ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages],
      { env },
    );
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
  }
}

function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installed(name) {
  return (
    spawnSync(process.execPath, ['-e', `require(${JSON.stringify(name)})`], { stdio: 'ignore' }).status === 0
  );
}
