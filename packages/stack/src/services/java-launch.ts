import { SealaneError } from '@sealane/errors/sealane-error';
import { findJava } from '../requirements/find-java.ts';
import type { Launch } from '../service-definition.ts';

/** How to run a Java server: heap in MiB, a class path (or a jar) and the program's arguments. */
export interface JavaProgram {
  minimumJava: number;
  heapMegabytes: number;
  properties?: Readonly<Record<string, string>>;
  /** `-cp …, Main` or `-jar …`, then the program's own arguments. */
  main: readonly string[];
}

/** The command line of a Java server. Its log goes to standard error, warnings and worse only. */
export async function javaLaunch(program: JavaProgram): Promise<Launch> {
  const command = await findJava(program.minimumJava);
  if (command === null) {
    throw new SealaneError({
      code: 'STACK_REQUIREMENT_MISSING',
      message: `Java ${program.minimumJava} or newer is gone.`,
      remedy: `Install a JDK ${program.minimumJava}+ or point JAVA_HOME at one.`,
    });
  }
  const properties = { 'java.awt.headless': 'true', ...program.properties };
  return {
    command,
    args: [
      `-Xms${Math.min(256, program.heapMegabytes)}m`,
      `-Xmx${program.heapMegabytes}m`,
      ...[
        '-XX:+UseG1GC',
        '-XX:MaxGCPauseMillis=20',
        '-XX:+ExitOnOutOfMemoryError',
        '-XX:-UsePerfData',
        '-Xshare:auto',
      ],
      ...Object.entries(properties).map(([key, value]) => `-D${key}=${value}`),
      ...program.main,
    ],
  };
}

/** Text of a Java `.properties` file. */
export function propertiesFile(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value.replaceAll('\\', '\\\\')}\n`)
    .join('');
}

/** Makes slf4j-simple quiet and put times on its lines. */
export const QUIET_LOG = {
  'org.slf4j.simpleLogger.defaultLogLevel': 'warn',
  'org.slf4j.simpleLogger.showDateTime': 'true',
  'org.slf4j.simpleLogger.dateTimeFormat': "yyyy-MM-dd'T'HH:mm:ss.SSS",
  'org.slf4j.simpleLogger.showThreadName': 'false',
};
