import { SealaneError } from '@sealane/errors/sealane-error';
import type { PartitionOffset } from '@sealane/kafka/reader/read-progress';
import { z } from 'zod';

/** Where a search goes on: its direction and the next offset of each partition. */
export interface ResumePoint {
  direction: 'newest' | 'oldest';
  next: readonly PartitionOffset[];
}

const tokenSchema = z.strictObject({
  direction: z.enum(['newest', 'oldest']),
  next: z.array(z.tuple([z.int().min(0), z.string().regex(/^-?\d{1,19}$/)])).max(10_000),
});

/** Opaque text for a client to send back. */
export function encodeResume({ direction, next }: ResumePoint): string {
  const pairs = next.map(({ partition, offset }) => [partition, offset.toString()]);
  return Buffer.from(JSON.stringify({ direction, next: pairs })).toString('base64url');
}

/** Throws `VALIDATION_FAILED` at `resume` for a text that is no token. */
export function decodeResume(token: string): ResumePoint {
  try {
    const { direction, next } = tokenSchema.parse(
      JSON.parse(Buffer.from(token, 'base64url').toString('utf8')),
    );
    return { direction, next: next.map(([partition, offset]) => ({ partition, offset: BigInt(offset) })) };
  } catch (cause) {
    throw new SealaneError({
      code: 'VALIDATION_FAILED',
      message: 'The resume token cannot be read.',
      remedy: 'Send it as an earlier answer gave it, or start anew.',
      fields: [{ path: 'resume', message: 'Not a token of this API' }],
      cause,
    });
  }
}
