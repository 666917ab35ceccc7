/** A real worker in a process of its own, as it is started in development. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

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

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const KEPT_LOG = 2_000_000;

export function startWorkerProcess(environment: Record<string, string>): WorkerProcess {
  const child = spawn(process.execPath, ['--import', LOADER, MAIN], {
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
