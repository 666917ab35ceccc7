import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readStackEnvironment } from '../env.ts';
import { findExecutable, isExecutable } from './find-executable.ts';

const JVM_FOLDER = '/usr/lib/jvm';

/**
 * Finds a Java runtime of at least the given major version: `JAVA_HOME`, then the one on `PATH`, then the lowest that
 * suffices below `/usr/lib/jvm`. Returns the path of its `java`, or null.
 */
export async function findJava(minimum: number): Promise<string | null> {
  for (const home of await javaHomes()) {
    const major = await javaMajor(home);
    if (major !== null && major >= minimum) return join(home, 'bin', 'java');
  }
  return null;
}

async function javaHomes(): Promise<string[]> {
  const homes: string[] = [];
  const { javaHome } = readStackEnvironment();
  if (javaHome) homes.push(javaHome);
  const onPath = await findExecutable('java');
  if (onPath) homes.push(dirname(dirname(await realpath(onPath))));
  const installed = await readdir(JVM_FOLDER).catch(() => []);
  const versioned = await Promise.all(
    installed.map(async (name) => {
      const home = join(JVM_FOLDER, name);
      return { home, major: await javaMajor(home) };
    }),
  );
  versioned.sort((left, right) => (left.major ?? 0) - (right.major ?? 0));
  return [...homes, ...versioned.map(({ home }) => home)];
}

/** Every JDK since 9 carries a `release` file with `JAVA_VERSION="17.0.15"`. */
async function javaMajor(home: string): Promise<number | null> {
  if (!(await isExecutable(join(home, 'bin', 'java')))) return null;
  const release = await readFile(join(home, 'release'), 'utf8').catch(() => '');
  const major = /^JAVA_VERSION="(\d+)/m.exec(release)?.[1];
  return major === undefined ? null : Number(major);
}
