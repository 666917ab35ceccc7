import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeResume, encodeResume } from './resume-token.ts';

describe('a resume token', () => {
  it('comes back as it was, 64-bit offsets included', () => {
    const offsets = fc.array(
      fc.record({ partition: fc.nat(999), offset: fc.bigInt({ min: -1n, max: 2n ** 63n - 1n }) }),
    );
    fc.assert(
      fc.property(fc.constantFrom('newest' as const, 'oldest' as const), offsets, (direction, next) => {
        expect(decodeResume(encodeResume({ direction, next }))).toEqual({ direction, next });
      }),
    );
  });

  it.each(['', 'abc', Buffer.from('{}').toString('base64url'), Buffer.from('[1]').toString('base64url')])(
    'that is none (%j) is refused at its field',
    (token) => {
      expect(() => decodeResume(token)).toThrow(
        expect.objectContaining({
          code: 'VALIDATION_FAILED',
          fields: [expect.objectContaining({ path: 'resume' })],
        }),
      );
    },
  );
});
