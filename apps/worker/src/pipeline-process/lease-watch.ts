/**
 * Knows how long the supervisor's lease is still valid. A frozen or cut-off worker stops telling, and its
 * process must be gone before another worker may start the pipeline: that is what makes the lease a fence.
 */
export interface LeaseWatch {
  extend(validForMs: number): void;
  expired(): boolean;
}

/**
 * Time is taken from both clocks and the pessimistic one counts: the monotonic clock stands still while a
 * machine sleeps, the wall clock can be set back.
 */
export function createLeaseWatch(clocks: { monotonic(): number; wall(): number }): LeaseWatch {
  let until: { monotonic: number; wall: number } | null = null;
  return {
    extend(validForMs) {
      until = { monotonic: clocks.monotonic() + validForMs, wall: clocks.wall() + validForMs };
    },
    expired: () => until !== null && (clocks.monotonic() >= until.monotonic || clocks.wall() >= until.wall),
  };
}
