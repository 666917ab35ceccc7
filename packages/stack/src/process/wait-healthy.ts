import { setTimeout as delay } from 'node:timers/promises';
import { SealaneError, toSealaneError } from '@sealane/errors/sealane-error';
import { logTail } from './log-tail.ts';
import { isRunning, type ProcessIdentity } from './process-record.ts';

/**
 * Repeats a health check until it succeeds. Throws `STACK_SERVICE_EXITED` as soon as the process is gone and
 * `STACK_SERVICE_UNHEALTHY` when the time is over, both with the end of the log.
 */
export async function waitHealthy(options: {
  title: string;
  identity: ProcessIdentity;
  logFile: string;
  timeoutMs: number;
  check: () => Promise<void>;
  signal: AbortSignal | undefined;
}): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  for (let pauseMs = 30; ; pauseMs = Math.min(pauseMs * 1.5, 300)) {
    options.signal?.throwIfAborted();
    const failure = await options.check().then(
      () => null,
      (error: unknown) => toSealaneError(error),
    );
    if (failure === null) return;
    if (!(await isRunning(options.identity)))
      throw await failed(options, { code: 'STACK_SERVICE_EXITED', failure });
    if (Date.now() > deadline) throw await failed(options, { code: 'STACK_SERVICE_UNHEALTHY', failure });
    await delay(pauseMs);
  }
}

async function failed(
  options: { title: string; logFile: string; timeoutMs: number },
  result: { code: 'STACK_SERVICE_EXITED' | 'STACK_SERVICE_UNHEALTHY'; failure: SealaneError },
): Promise<SealaneError> {
  const exited = result.code === 'STACK_SERVICE_EXITED';
  const tail = (await logTail(options.logFile)).split('\n').slice(-12).join('\n');
  return new SealaneError({
    code: result.code,
    message: exited
      ? `${options.title} ended while it was starting.`
      : `${options.title} did not become healthy within ${options.timeoutMs / 1000} s.`,
    why: tail === '' ? (result.failure.why ?? result.failure.message) : `Its log ends with:\n${tail}`,
    remedy: `Read ${options.logFile}.`,
    cause: result.failure,
  });
}
