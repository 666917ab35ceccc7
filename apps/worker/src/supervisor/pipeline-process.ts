import { type ChildProcess, fork } from 'node:child_process';
import {
  type PipelineCommand,
  type PipelineReport,
  pipelineReportSchema,
} from '@sealane/contracts/pipeline-run';
import type { Logger } from 'pino';
import { createLineTail } from './line-tail.ts';
import type { ProcessExit } from './process-failure.ts';

/** How the worker's pipeline processes are started. */
export interface ProcessLaunch {
  /** The script of the pipeline process. */
  entry: string;
  /** Node flags, e.g. memory limits. */
  execArgv: readonly string[];
  /** The whole environment: nothing is inherited, so no secret of the worker reaches it. */
  env: Readonly<Record<string, string>>;
}

export interface ProcessOptions {
  launch: ProcessLaunch;
  /** Called for each valid report, in order, before `onExit`. */
  onReport(report: PipelineReport): void;
  /** Called once, when the process is gone and its output is read. Also when it could not be started. */
  onExit(exit: ProcessExit): void;
  log: Logger;
}

/** A started process. Both functions are legal at any time and do nothing once it is gone. */
export interface PipelineProcess {
  readonly pid: number | undefined;
  send(command: PipelineCommand): void;
  /** Ends it at once, by SIGKILL. */
  kill(): void;
}

function relayOutput(child: ChildProcess, log: Logger): { text(): string } {
  const tail = createLineTail();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      tail.push(chunk);
      log.debug({ output: chunk.slice(0, 4000) }, 'pipeline process wrote');
    });
  }
  return tail;
}

/** Starts a pipeline process. Its specification follows over IPC, never by arguments or environment. */
export function spawnPipelineProcess(options: ProcessOptions): PipelineProcess {
  const { launch, log } = options;
  const child = fork(launch.entry, [], {
    execArgv: [...launch.execArgv],
    env: { ...launch.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = relayOutput(child, log);
  let gone = false;
  const exited = (code: number | null, signal: string | null, message: string): void => {
    if (gone) return;
    gone = true;
    options.onExit({ code, signal, stderr: message });
  };
  child.on('message', (message) => {
    const report = pipelineReportSchema.safeParse(message);
    if (report.success) options.onReport(report.data);
    else log.error({ issues: report.error.issues }, 'a pipeline process sent a report that is none');
  });
  child.on('error', (error) => {
    if (child.pid === undefined) exited(null, null, error.message);
    else log.debug({ err: error }, 'pipeline process channel');
  });
  child.on('close', (code, signal) => {
    const tell = (): void => exited(code, signal, output.text());
    // Its last reports may still be in the channel.
    if (child.connected) child.once('disconnect', tell);
    else setImmediate(tell);
  });
  return {
    pid: child.pid,
    send(command) {
      if (!gone && child.connected) child.send(command);
    },
    kill() {
      if (!gone) child.kill('SIGKILL');
    },
  };
}
