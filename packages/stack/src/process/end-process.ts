import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-record.ts';

const POLL_MS = 20;

/**
 * Asks a process to end and waits for it; kills its whole group when it has not ended in time. Does nothing when it is
 * gone already. Returns whether force was needed.
 */
export async function endProcess(
  identity: ProcessIdentity,
  options: { signal: NodeJS.Signals; timeoutMs: number },
): Promise<'ended' | 'killed'> {
  signalProcess(identity.pid, options.signal);
  // A process that is stopped (SIGSTOP) takes other signals only when it is continued.
  signalProcess(identity.pid, 'SIGCONT');
  if (await waitForEnd(identity, options.timeoutMs)) return 'ended';
  signalProcess(-identity.pid, 'SIGKILL');
  signalProcess(identity.pid, 'SIGKILL');
  await waitForEnd(identity, options.timeoutMs);
  return 'killed';
}

/** True once the process is gone, false when it still runs after the time. */
export async function waitForEnd(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (await isRunning(identity)) {
    if (Date.now() >= deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

/** Sends a signal (a negative pid means the group); a process that is gone is not an error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
