import type { Message } from '@sealane/contracts/api/topics';

/** Rows that a tab holds at most. */
export const MAX_ROWS = 2000;

/** `partition:offset`: what names a message within its topic. */
export function messageId(message: Message): string {
  return `${message.partition}:${message.offset}`;
}

/**
 * Adds a batch to the held rows. A search appends and ends at its limit; a live tail puts the newest on top and
 * lets the oldest go. `released` counts rows that were let go.
 */
export function holdMessages(
  held: readonly Message[],
  batch: readonly Message[],
  live: boolean,
): { rows: Message[]; released: number } {
  const rows = live ? [...batch.toReversed(), ...held] : [...held, ...batch];
  const released = Math.max(0, rows.length - MAX_ROWS);
  return { rows: released === 0 ? rows : rows.slice(0, MAX_ROWS), released };
}
