import { spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { Launch } from '../service-definition.ts';
import { identify, type ProcessIdentity, type ProcessRecord, writeProcessRecord } from './process-record.ts';

/**
 * Starts a service's process and writes its pid file. Output goes to the log file. An owned process receives the stop
 * signal from the kernel when this process dies, however it dies (prctl(2), PR_SET_PDEATHSIG); one that is not owned
 * outlives us.
 */
export async function launchProcess(options: {
  launch: Launch;
  folder: string;
  logFile: string;
  owned: boolean;
  stopSignal: NodeJS.Signals;
}): Promise<ProcessRecord> {
  const { launch, folder } = options;
  await mkdir(folder, { recursive: true });
  await mkdir(dirname(options.logFile), { recursive: true });
  const log = await open(options.logFile, 'a');
  try {
    const privileges = [...(launch.identity ?? [])];
    if (options.owned) privileges.push('--pdeathsig', options.stopSignal.replace('SIG', ''));
    const wrapped = privileges.length > 0;
    const command = wrapped ? 'setpriv' : launch.command;
    const args = wrapped ? [...privileges, '--', launch.command, ...launch.args] : [...launch.args];
    const child = spawn(command, args, {
      cwd: folder,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
        LC_ALL: 'C.UTF-8',
        TZ: 'UTC',
        NODE_ENV: 'production',
        ...launch.env,
      },
    });
    const pid = await spawned(child);
    child.unref();
    const record: ProcessRecord = {
      ...((await identify(pid)) ?? gone(launch.command)),
      owner: options.owned ? await identify(process.pid) : null,
      startedAt: new Date().toISOString(),
    };
    await writeProcessRecord(folder, record);
    return record;
  } finally {
    await log.close();
  }
}

function spawned(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      if (child.pid === undefined) reject(new Error('A spawned process has no pid.'));
      else resolve(child.pid);
    });
  });
}

function gone(command: string): ProcessIdentity {
  throw new SealaneError({
    code: 'STACK_SERVICE_EXITED',
    message: `${command} ended at once.`,
    remedy: 'Read its log.',
  });
}
