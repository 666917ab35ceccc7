import type { SealaneError } from '@sealane/errors/sealane-error';
import type { Logger } from 'pino';

const QUIET_MS = 60_000;
const MAX_REMEMBERED = 200;

/**
 * Logs errors of connections and jobs. One that repeats (a Redis that is away fails at each reconnection) is
 * logged once a minute, with how often it came.
 */
export function createErrorLog(log: Logger, now: () => number = Date.now): (error: SealaneError) => void {
  const seen = new Map<string, { loggedAt: number; quiet: number }>();
  return (error) => {
    const key = `${error.code} ${error.why ?? error.message}`;
    const known = seen.get(key);
    if (known !== undefined && now() - known.loggedAt < QUIET_MS) {
      known.quiet += 1;
      return;
    }
    if (seen.size >= MAX_REMEMBERED) seen.clear();
    seen.set(key, { loggedAt: now(), quiet: 0 });
    const repeats = known === undefined ? {} : { repeatedMeanwhile: known.quiet };
    log.error(
      { code: error.code, why: error.why, remedy: error.remedy, err: error.cause, ...repeats },
      error.message,
    );
  };
}
