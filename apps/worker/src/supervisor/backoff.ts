/** Waits between attempts: the first a second, doubled up to a minute. */
export interface BackoffOptions {
  /** Milliseconds; the least and the first wait. */
  firstMs: number;
  /** Milliseconds; no wait is longer. */
  maxMs: number;
}

export const DEFAULT_BACKOFF: BackoffOptions = { firstMs: 1_000, maxMs: 60_000 };

/**
 * Milliseconds to wait before attempt `attempt` (1 is the first retry). Spread by a quarter to both sides, so
 * that pipelines that failed together do not come back together.
 *
 * @param random a number in [0, 1)
 */
export function backoffDelay(
  attempt: number,
  random: number,
  options: BackoffOptions = DEFAULT_BACKOFF,
): number {
  const exponent = Math.min(Math.max(attempt, 1) - 1, 30);
  const middle = Math.min(options.maxMs, options.firstMs * 2 ** exponent);
  const spread = middle * (0.75 + 0.5 * random);
  return Math.round(Math.min(options.maxMs, Math.max(options.firstMs, spread)));
}
