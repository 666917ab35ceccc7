import { SealaneError } from '@sealane/errors/sealane-error';
import type { z } from 'zod';

/** Reads a message from Redis. One that another release sent in another form is reported and left out. */
export function parseMessage<S extends z.ZodType>(
  schema: S,
  text: string,
  onError: (error: SealaneError) => void,
): z.output<S> | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    onError(
      new SealaneError({
        code: 'MESSAGE_NOT_UNDERSTOOD',
        message: 'A message in Redis has a form that this process does not know.',
        why: error instanceof Error ? error.message : String(error),
        remedy: 'Run the same release of Sealane in every process.',
        cause: error,
      }),
    );
    return null;
  }
}
