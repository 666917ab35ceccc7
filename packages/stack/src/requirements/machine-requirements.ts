import { findExecutable } from './find-executable.ts';
import { findJava } from './find-java.ts';
import type { Requirement } from './requirement.ts';

/** The binaries that Maven Central and npm hold for these services are built for this one platform. */
export const linuxX64: Requirement = {
  name: 'linux-x64',
  async check() {
    if (process.platform === 'linux' && process.arch === 'x64') return null;
    return {
      why: `Native services need Linux on x86-64; this is ${process.platform} on ${process.arch}.`,
      remedy: 'Start a Docker engine and use `npm run stack -- up --mode compose`.',
    };
  },
};

/** `setpriv` ties a service's life to its parent's and starts Postgres under another user than root. */
export const setpriv: Requirement = {
  name: 'setpriv',
  async check() {
    if (await findExecutable('setpriv')) return null;
    return {
      why: '`setpriv` is not installed.',
      remedy: 'Install util-linux (`apt-get install util-linux`).',
    };
  },
};

export const maven: Requirement = {
  name: 'maven',
  async check() {
    if (await findExecutable('mvn')) return null;
    return {
      why: 'Maven (`mvn`) is not on the PATH; it downloads the servers.',
      remedy: 'Install it (`apt-get install maven`).',
    };
  },
};

/** A Java runtime of at least the given major version. */
export function java(minimum: number): Requirement {
  return {
    name: `java-${minimum}`,
    async check() {
      if (await findJava(minimum)) return null;
      return {
        why: `No Java ${minimum} or newer was found in JAVA_HOME, on the PATH or below /usr/lib/jvm.`,
        remedy: `Install a JDK ${minimum}+ (\`apt-get install openjdk-${minimum}-jre-headless\`, or Temurin) or point JAVA_HOME at one.`,
      };
    },
  };
}
