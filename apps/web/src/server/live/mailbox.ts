/** Messages between one sender and one slow reader: the oldest are dropped when it does not keep up. */
export interface Mailbox<T> {
  put(message: T): void;
  /** The oldest message; null when none came in time or the signal aborted. One caller at a time. */
  take(options: { timeoutMs: number; signal: AbortSignal | undefined }): Promise<T | null>;
}

/** `capacity` bounds memory, counted in messages. */
export function createMailbox<T>({ capacity }: { capacity: number }): Mailbox<T> {
  const waiting: T[] = [];
  let wake: (() => void) | null = null;
  return {
    put(message) {
      if (waiting.length >= capacity) waiting.shift();
      waiting.push(message);
      wake?.();
    },
    async take({ timeoutMs, signal }) {
      if (waiting.length === 0 && signal?.aborted !== true) {
        await new Promise<void>((resolve) => {
          const finish = () => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', finish);
            wake = null;
            resolve();
          };
          const timer = setTimeout(finish, timeoutMs);
          signal?.addEventListener('abort', finish);
          wake = finish;
        });
      }
      return waiting.shift() ?? null;
    },
  };
}
