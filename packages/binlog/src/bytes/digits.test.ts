import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putInt64, putPadded, putUint64 } from './digits.ts';
import { OutputBuffer } from './output-buffer.ts';

type Put = typeof putUint64;

function written(put: Put, value: bigint): string {
  const out = new OutputBuffer();
  put(out, Number(value & 0xffffffffn), Number(BigInt.asUintN(64, value) >> 32n));
  return out.written().toString('latin1');
}

const edges = [0n, 9n, 999_999_999n, 1_000_000_000n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n];

describe('64-bit integers given as halves', () => {
  it.each([...edges, 10n ** 18n, 10n ** 19n, 2n ** 63n, 2n ** 64n - 1n])(
    '%d is written unsigned',
    (value) => {
      expect(written(putUint64, value)).toBe(String(value));
    },
  );

  it.each([...edges, -1n, -(2n ** 32n), -(2n ** 53n) - 1n, 2n ** 63n - 1n, -(2n ** 63n)])(
    '%d is written signed',
    (value) => {
      expect(written(putInt64, value)).toBe(String(value));
    },
  );

  it('are written with all their digits, whatever they are', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        expect(written(putUint64, value)).toBe(String(value));
        expect(written(putInt64, value)).toBe(String(BigInt.asIntN(64, value)));
      }),
    );
  });
});

describe('padded digits', () => {
  it('fill their width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(999_999_999), (width, seed) => {
        const value = seed % 10 ** width;
        const out = new OutputBuffer();
        putPadded(out, value, width);
        expect(out.written().toString('latin1')).toBe(String(value).padStart(width, '0'));
      }),
    );
  });
});
