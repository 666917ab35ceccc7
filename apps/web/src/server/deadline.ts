/**
 * The outcome of `work`, or `fallback` when it fails or takes longer than `ms`. For what may be missing from an answer:
 * live samples while Redis is away. `onMiss` gets the reason, to log it.
 */
export async function withDeadline<T>(
  work: Promise<T>,
  { ms, fallback, onMiss }: { ms: number; fallback: T; onMiss: (reason: unknown) => void },
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, timeout]);
  } catch (reason) {
    onMiss(reason);
    return fallback;
  } finally {
    clearTimeout(timer);
  }
}
