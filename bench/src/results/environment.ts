import { execFile } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { VERSIONS } from '@sealane/stack/versions';

const run = promisify(execFile);

/** Where and with what a result was measured. */
export interface BenchEnvironment {
  cpu: string;
  cores: number;
  memoryGigabytes: number;
  kernel: string;
  node: string;
  java: string;
  mariadb: string;
  kafka: string;
  debezium: string;
  /** Commit of the work tree, with `+` when it had changes of its own. */
  commit: string;
  /** Load average of the last minute before the run: anything above 0.5 was not our doing and makes figures noisy. */
  loadBefore: number;
}

/** Looks the machine and the work tree over; names no path, host or user. */
export async function describeEnvironment(): Promise<BenchEnvironment> {
  const processors = cpus();
  return {
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    java: await javaVersion(),
    mariadb: VERSIONS.mariadb,
    kafka: VERSIONS.kafka,
    debezium: VERSIONS.debezium,
    commit: await commit(),
    loadBefore: loadavg()[0] ?? Number.NaN,
  };
}

async function javaVersion(): Promise<string> {
  // `java -version` has always written to standard error.
  const { stderr } = await run('java', ['-version']);
  return /"([^"]+)"/.exec(stderr)?.[1] ?? 'unknown';
}

async function commit(): Promise<string> {
  const cwd = import.meta.dirname;
  const [head, changes] = await Promise.all([
    run('git', ['rev-parse', '--short=12', 'HEAD'], { cwd }),
    run('git', ['status', '--porcelain', '--untracked-files=no'], { cwd }),
  ]);
  return head.stdout.trim() + (changes.stdout.trim() === '' ? '' : '+');
}
