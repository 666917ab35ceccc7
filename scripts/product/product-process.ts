import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { SealaneError } from '@sealane/errors/sealane-error';

/** One long-running process of the product (web or worker) with its log file. */
export interface ProductProcess {
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<string>;
  /** SIGTERM, and SIGKILL when it has not ended after `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

export interface ProductProcessOptions {
  name: string;
  /** Arguments of Node: flags, entry file, its arguments. */
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Where its output goes; our own output when absent. */
  logFile?: string | undefined;
}

/** Starts a Node process of the product. Fails only when it cannot be spawned; look at `exited` for the rest. */
export function startProductProcess(options: ProductProcessOptions): ProductProcess {
  const child = spawn(process.execPath, [...options.args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', options.logFile ? 'pipe' : 'inherit', options.logFile ? 'pipe' : 'inherit'],
  });
  if (options.logFile) pipeToFile(child, options.logFile);
  if (child.pid === undefined) {
    throw new SealaneError({
      code: 'PRODUCT_NOT_STARTED',
      message: `${options.name} could not be started.`,
      remedy: 'Run npm run build first.',
    });
  }
  const exited = once(child, 'exit').then(
    ([code, signal]) => `${options.name} ended (${signal ?? `exit code ${code}`})`,
  );
  return { pid: child.pid, exited, stop: (graceMs = 15_000) => stopChild({ child, exited, graceMs }) };
}

function pipeToFile(child: ChildProcess, file: string): void {
  const log = createWriteStream(file, { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  child.once('close', () => log.end());
}

async function stopChild(options: {
  child: ChildProcess;
  exited: Promise<string>;
  graceMs: number;
}): Promise<void> {
  const { child, exited, graceMs } = options;
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
}
