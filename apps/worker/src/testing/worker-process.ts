/** A real worker in a process of its own, from the bundle that production runs. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface WorkerProcess {
  readonly pid: number;
  /** Everything it logged so far, a JSON object a line. */
  log(): string;
  /** Process ids of its pipeline processes. */
  childPids(): Promise<number[]>;
  signal(signal: NodeJS.Signals): void;
  /** Resolves with exit code or signal. */
  exited(): Promise<number | NodeJS.Signals>;
  /** Ends it in order, or by force when it takes too long. */
  end(): Promise<void>;
}

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const KEPT_LOG = 2_000_000;

/** A bundle of the present source; `remove` deletes it. */
export interface WorkerBundle {
  main: string;
  remove(): Promise<void>;
}

export async function buildWorker(): Promise<WorkerBundle> {
  const cache = at('../../node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'test-'));
  await promisify(execFile)(process.execPath, [at('../../build.mjs'), folder]);
  return { main: join(folder, 'main.js'), remove: () => rm(folder, { recursive: true, force: true }) };
}

export function startWorkerProcess(bundle: WorkerBundle, environment: Record<string, string>): WorkerProcess {
  const child = spawn(process.execPath, ['--enable-source-maps', bundle.main], {
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LOG_LEVEL: 'debug', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error('the worker process could not be started');
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      log = (log + chunk).slice(-KEPT_LOG);
    });
  }
  const exited = exitOf(child);
  return {
    pid,
    log: () => log,
    childPids: () => childrenOf(pid),
    signal: (signal) => void child.kill(signal),
    exited: () => exited,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await Promise.race([exited, sleep(20_000, null, { ref: false })]);
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function exitOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  const [code, signal] = await once(child, 'exit');
  return (signal as NodeJS.Signals | null) ?? (code as number);
}

async function childrenOf(pid: number): Promise<number[]> {
  const ps = spawn('ps', ['-o', 'pid=,args=', '--ppid', String(pid)]);
  let output = '';
  ps.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  await once(ps, 'close');
  const lines = output.split('\n').filter((line) => line.includes('pipeline-process'));
  return lines.map((line) => Number.parseInt(line, 10));
}

/** False also for a process that has ended but whose frozen parent has not taken notice. */
export async function isAlive(pid: number | undefined): Promise<boolean> {
  if (pid === undefined) throw new Error('there was no process');
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat !== null && !/\) [ZX] /.test(stat);
}
